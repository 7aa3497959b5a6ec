import { parseDocument } from 'yaml';
import { parameterValues, type FieldError } from '#contracts';
import type { RecipeView } from '#sdk';
import { UsageError } from '../cli-error.ts';

/**
 * The file of a recipe with other defaults for its parameters; comments stay.
 *
 * @param pairs `NAME=value`, as on the command line.
 * @throws {UsageError} Naming each pair that is none, or that is of no parameter, of a secret, or not as it should be.
 */
export function withDefaults({ text, parameters }: RecipeView, pairs: readonly string[]): string {
  if (pairs.length === 0) return text;
  const given = new Map(pairs.map((pair) => [nameIn(pair), pair.slice(pair.indexOf('=') + 1)]));
  const faults = [...given.keys()].flatMap((name): FieldError[] => {
    const parameter = parameters.find((one) => one.name === name);
    if (!parameter) return [{ field: name, message: `is no parameter of this recipe: ${namesOf(parameters)}` }];
    if (parameter.secret)
      return [{ field: name, message: 'is a secret: set it in the environment of "handlers apply"' }];
    const checked = parameterValues([parameter], () => given.get(name));
    return 'faults' in checked ? checked.faults : [];
  });
  if (faults.length > 0) throw new UsageError('invalid parameters:', faults);
  const document = parseDocument(text);
  for (const [index, { name }] of parameters.entries()) {
    const value = given.get(name);
    // An empty value counts as not given: the default stays.
    if (value) document.setIn(['recipe', 'parameters', index, 'default'], value);
  }
  return document.toString({ lineWidth: 120 });
}

function nameIn(pair: string): string {
  const end = pair.indexOf('=');
  if (end < 1) throw new UsageError(`--set ${pair}: expected NAME=value`);
  return pair.slice(0, end);
}

function namesOf(parameters: RecipeView['parameters']): string {
  return parameters.length === 0 ? 'it has none' : `expected ${parameters.map(({ name }) => name).join(', ')}`;
}
