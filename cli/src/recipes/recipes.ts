import type { Command } from 'commander';
import { answerOf, ApiProblem, type RecipeParameterView, type RecipeSummaryView, type RecipeView } from '#sdk';
import { NotThere } from '../cli-error.ts';
import { withExamples } from '../help/examples.ts';
import { collect } from '../input/option-values.ts';
import type { Output } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';
import { withDefaults } from './recipe-defaults.ts';
import { writeRecipe, writeSet } from './write-recipe.ts';

const columns: readonly Column<RecipeSummaryView>[] = [
  { title: 'name', value: ({ name }) => name },
  { title: 'title', value: ({ title }) => title },
  { title: 'summary', cut: 'end', value: ({ summary }) => summary },
];

const parameterColumns: readonly Column<RecipeParameterView>[] = [
  { title: 'parameter', value: ({ name }) => name },
  { title: 'default', value: (parameter) => defaultText(parameter) },
  { title: 'meaning', value: ({ label, description }) => `${label}: ${description}` },
];

interface WriteOptions {
  set?: string[];
  dir?: string;
  output?: string;
  force?: true;
}

/** `provisor recipes …` */
export function addRecipes(program: Command, inSession: InSession): void {
  const recipes = program.command('recipes').description('Start from a recipe: handlers for well-known systems');
  withExamples(
    recipes,
    ['Which systems are there recipes for?', 'provisor recipes'],
    ['Read the guide of one', 'provisor recipes show kamailio'],
    ['Write it out, with its scripts', 'provisor recipes write kamailio --set KAMAILIO_URL=http://127.0.0.1:8060'],
    ['Review its handlers, and create them', 'provisor handlers diff -f kamailio/recipe.yaml'],
    ['', 'provisor handlers apply -f kamailio/recipe.yaml'],
  );
  recipes.command('list', { isDefault: true }).description('List recipes').action(inSession(list));
  recipes.command('show <name>').description('Show the guide and the parameters of a recipe').action(inSession(show));
  recipes
    .command('write <name>')
    .description('Write a recipe to a folder: its handlers, scripts and guide')
    .option('--set <name=value>', 'Value of a parameter (repeatable)', collect)
    .option('--dir <folder>', 'Write into this folder instead of one called as the recipe')
    .option('-o, --output <file>', 'Write only the handlers, to this file (-: standard output)')
    .option('--force', 'Overwrite existing files')
    .addHelpText('after', '\nA secret is not written: "handlers apply" reads it from an environment variable.')
    .action(inSession(write));
}

async function list({ client, output }: Session): Promise<void> {
  const { items } = await answerOf(client.GET('/api/v1/recipes'));
  output.list(items, columns, 'There are no recipes.');
}

async function show(session: Session, name: string): Promise<void> {
  const recipe = await find(session, name);
  const { output } = session;
  output.result(recipe, () => {
    const guide = recipe.files.find((file) => file.name === 'README.md')?.text ?? `${recipe.title}: ${recipe.summary}`;
    const { parameters } = recipe;
    return [guide.trimEnd(), ...(parameters.length > 0 ? [output.table(parameters, parameterColumns)] : [])].join(
      '\n\n',
    );
  });
}

async function write(session: Session, name: string, options: WriteOptions): Promise<void> {
  const recipe = await find(session, name);
  const { output } = session;
  const text = withDefaults(recipe, options.set ?? []);
  if (options.output === '-') {
    output.raw(text);
    return;
  }
  const written =
    options.output === undefined
      ? await writeRecipe(recipe, text, { folder: options.dir ?? recipe.name, overwrite: options.force ?? false })
      : await writeSet(text, { file: options.output, overwrite: options.force ?? false });
  output.result({ files: written }, () => written.map(plainLine).join('\n'));
  noteRest(recipe, options.set ?? [], output);
}

/** What a person still has to give. */
function noteRest({ parameters }: RecipeView, given: readonly string[], output: Output): void {
  const set = new Set(given.map((pair) => pair.split('=', 1)[0]));
  const missing = parameters.filter((parameter) => parameter.default === undefined && !set.has(parameter.name));
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(', ');
  output.note(`before "handlers apply", set in the environment: ${names}`);
}

async function find({ client }: Session, name: string): Promise<RecipeView> {
  try {
    return await answerOf(client.GET('/api/v1/recipes/{name}', { params: { path: { name } } }));
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
    throw new NotThere(`no recipe is called ${plainLine(name)}; "provisor recipes" lists them`);
  }
}

function defaultText({ secret, ...parameter }: RecipeParameterView): string {
  return parameter.default ?? (secret ? '(secret)' : '(needed)');
}
