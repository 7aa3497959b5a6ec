import { isJsonObject } from '#contracts';
import { ApiProblem } from '#sdk';
import { UsageError, type Place, type PlacedFault } from '../../cli-error.ts';
import type { Surroundings } from '../../session.ts';
import { readInput } from '../../input/read-input.ts';
import { readYaml } from '../../input/yaml-source.ts';
import { filledSource, type SetSource } from './recipe-source.ts';

/** The lists that a file may have. */
const lists = ['targets', 'handlers'] as const;
type List = (typeof lists)[number];

/** The handlers and targets of one or several files, which together make one set. */
export interface HandlerFiles {
  /** Unchecked; the registry checks them. */
  readonly handlers: unknown[];
  /** Undefined when no file has any: they then stay as they are. */
  readonly targets: unknown[] | undefined;
  /** The place of a field, named as the registry does: `handlers.3.task.url`. */
  placeOf(field: string): Place | undefined;
  /** Parameters of recipes whose values faults in these fields come from. */
  parametersAt(fields: readonly string[]): string[];
}

/** @throws {UsageError} When a file is not YAML, or has neither a list of handlers nor one of targets. */
export async function readHandlerFiles(
  files: readonly string[],
  { environment, input }: Pick<Surroundings, 'environment' | 'input'>,
): Promise<HandlerFiles> {
  const items: Record<List, unknown[]> = { targets: [], handlers: [] };
  const origins: Origins = { targets: [], handlers: [] };
  let hasTargets = false;
  for (const file of files) {
    const source = filledSource(readYaml(await readInput(file, input), file, environment), file, environment);
    const found = listsIn(source, file);
    hasTargets ||= found.targets !== undefined;
    for (const list of lists) {
      for (const [index, item] of (found[list] ?? []).entries()) {
        items[list].push(item);
        origins[list].push({ source, index });
      }
    }
  }
  return {
    handlers: items.handlers,
    targets: hasTargets ? items.targets : undefined,
    placeOf(field) {
      const found = whereIs(field, origins);
      return found?.source.placeOf(found.field.split('.').map(indexOrName));
    },
    parametersAt(fields) {
      const found = fields.map((field) => whereIs(field, origins)).filter((one) => one !== undefined);
      const sources = [...new Set(found.map(({ source }) => source))];
      return sources.flatMap((source) =>
        source.parametersAt(found.filter((one) => one.source === source).map(({ field }) => field)),
      );
    },
  };
}

type Origins = Record<List, { source: SetSource; index: number }[]>;

/** Which file a field of the whole set is from, and its name there. */
function whereIs(field: string, origins: Origins): { source: SetSource; field: string } | undefined {
  const [name, index, ...path] = field.split('.');
  const list = lists.find((each) => each === name);
  const origin = list && origins[list][Number(index)];
  return origin && { source: origin.source, field: [list, origin.index, ...path].join('.') };
}

/** Adds the place in the files to each fault that the registry finds. */
export async function withPlaces<T>(files: HandlerFiles, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.fields.length === 0) throw error;
    const faults: PlacedFault[] = error.fields.map((fault) => ({ ...fault, place: files.placeOf(fault.field) }));
    const parameters = files.parametersAt(error.fields.map(({ field }) => field)).join(', ');
    const cause = parameters === '' ? '' : ` with this value of ${parameters}`;
    throw new UsageError(`invalid handlers${cause}; nothing was changed:`, faults, error);
  }
}

function listsIn(source: SetSource, file: string): Record<List, unknown[] | undefined> {
  const { value } = source;
  const names = isJsonObject(value) ? Object.keys(value) : [];
  const unknown = names.filter((name) => !lists.some((list) => list === name));
  const faults: PlacedFault[] = unknown.map((field) => ({
    field,
    message: 'is unknown; expected handlers or targets',
    place: source.placeOf([field]),
  }));
  const found = Object.fromEntries(lists.map((list) => [list, isJsonObject(value) ? value[list] : undefined]));
  for (const list of lists) {
    const isMissing = found[list] === undefined && (list === 'targets' || found['targets'] !== undefined);
    if (isMissing || Array.isArray(found[list])) continue;
    faults.push({ field: list, message: `must be a list of ${list}`, place: source.placeOf([list]) });
  }
  if (faults.length > 0)
    throw new UsageError(`${file === '-' ? 'standard input' : file} is not a file of handlers:`, faults);
  return found as Record<List, unknown[] | undefined>;
}

function indexOrName(part: string): string | number {
  return /^\d+$/.test(part) ? Number(part) : part;
}
