import {
  filledIn,
  isJsonObject,
  parametersAtFault,
  parameterValues,
  recipeHeadFaults,
  type RecipeHead,
  type RecipeSet,
} from '#contracts';
import { UsageError } from '../../cli-error.ts';
import type { YamlSource } from '../../input/yaml-source.ts';

/** A file of handlers, perhaps a recipe. */
export interface SetSource extends YamlSource {
  /** The parameters whose values faults come from, by the fields of the file. */
  parametersAt(fields: readonly string[]): string[];
}

/**
 * The set of a recipe's file, with the values of its parameters: those of environment variables of the same name, else
 * the defaults. A file without `recipe` stays as it is.
 *
 * @throws {UsageError} Naming each parameter that has no value, or one that does not fit.
 */
export function filledSource(source: YamlSource, file: string, environment: NodeJS.ProcessEnv): SetSource {
  const { value } = source;
  if (!isJsonObject(value) || !('recipe' in value)) return { ...source, parametersAt: () => [] };
  const { recipe, ...set } = value;
  const name = file === '-' ? 'standard input' : file;
  const faults = recipeHeadFaults(recipe).map((fault) => ({
    ...fault,
    place: source.placeOf(fault.field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))),
  }));
  if (faults.length > 0) throw new UsageError(`${name} is not a recipe:`, faults);
  const { parameters } = recipe as unknown as RecipeHead;
  const found = parameterValues(parameters, (parameter) => environment[parameter]);
  if ('faults' in found) {
    throw new UsageError(`${name} is a recipe; give its parameters as environment variables:`, found.faults);
  }
  return {
    value: filledIn(set, found.values),
    placeOf: (path) => source.placeOf(path),
    parametersAt: (fields) => parametersAtFault(set as unknown as RecipeSet, fields),
  };
}
