import { parse, YAMLError } from 'yaml';
import {
  isJsonObject,
  parametersUsed,
  recipeHeadFaults,
  type FieldError,
  type RecipeHead,
  type RecipeSet,
} from '#contracts';
import { RecipeFault } from './recipe-fault.ts';

const members = new Set(['recipe', 'targets', 'handlers']);

/**
 * Reads `recipe.yaml`: `recipe` with what it says of itself, and `targets` and `handlers` with `${NAME}` in texts.
 *
 * @param name Of the recipe, for messages.
 * @throws {RecipeFault} Naming every fault, such as a `${NAME}` that is no parameter, or a parameter that is not used.
 */
export function readRecipe(name: string, text: string): RecipeHead & { set: RecipeSet } {
  const document = parseYaml(name, text);
  const { recipe, targets = [], handlers = [] } = document;
  const faults = [
    ...Object.keys(document)
      .filter((member) => !members.has(member))
      .map((field) => ({ field, message: 'is unknown; expected recipe, targets, handlers' })),
    ...recipeHeadFaults(recipe),
    ...listFaults(targets, 'targets'),
    ...listFaults(handlers, 'handlers'),
  ];
  if (faults.length > 0) throw new RecipeFault(name, faults);
  const head = recipe as RecipeHead;
  const set = { targets, handlers } as RecipeSet;
  const misused = useFaults(head, set);
  if (misused.length > 0) throw new RecipeFault(name, misused);
  return { ...head, set };
}

function parseYaml(name: string, text: string): Record<string, unknown> {
  try {
    const document: unknown = parse(text);
    if (isJsonObject(document)) return document;
  } catch (error) {
    if (!(error instanceof YAMLError)) throw error;
    throw new RecipeFault(name, [{ field: 'recipe.yaml', message: `is not valid YAML: ${error.message}` }]);
  }
  throw new RecipeFault(name, [{ field: 'recipe.yaml', message: 'must have recipe and handlers' }]);
}

function listFaults(list: unknown, field: string): FieldError[] {
  if (!Array.isArray(list)) return [{ field, message: 'must be a list' }];
  return list.flatMap((item, index) =>
    isJsonObject(item) ? [] : [{ field: `${field}.${index}`, message: 'is empty' }],
  );
}

function useFaults({ parameters }: RecipeHead, set: RecipeSet): FieldError[] {
  const declared = new Set(parameters.map(({ name }) => name));
  const used = parametersUsed(set);
  const names = new Set(used.map(({ message }) => message));
  return [
    ...used
      .filter(({ message }) => !declared.has(message))
      .map(({ field, message }) => ({ field, message: `has \${${message}}, which is no parameter` })),
    ...[...declared]
      .filter((name) => !names.has(name))
      .map((field) => ({ field, message: 'is a parameter without use' })),
  ];
}
