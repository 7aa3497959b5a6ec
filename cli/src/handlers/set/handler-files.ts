import { isJsonObject } from '#contracts';
import { ApiProblem } from '#sdk';
import { UsageError, type Place, type PlacedFault } from '../../cli-error.ts';
import type { Surroundings } from '../../session.ts';
import { readInput } from '../../input/read-input.ts';
import { readYaml, type YamlSource } from '../../input/yaml-source.ts';

/** The handlers of one or several files, which together make one set. */
export interface HandlerFiles {
  /** Unchecked; the registry checks them. */
  readonly handlers: unknown[];
  /** The place of a field, named as the registry does: `handlers.3.task.url`. */
  placeOf(field: string): Place | undefined;
}

/** @throws {UsageError} When a file is not YAML, or does not have a list of handlers. */
export async function readHandlerFiles(
  files: readonly string[],
  { environment, input }: Pick<Surroundings, 'environment' | 'input'>,
): Promise<HandlerFiles> {
  const handlers: unknown[] = [];
  const origins: { source: YamlSource; index: number }[] = [];
  for (const file of files) {
    const source = readYaml(await readInput(file, input), file, environment);
    for (const [index, handler] of handlersIn(source, file).entries()) {
      handlers.push(handler);
      origins.push({ source, index });
    }
  }
  return {
    handlers,
    placeOf(field) {
      const [, index, ...path] = field.split('.');
      const origin = origins[Number(index)];
      return origin?.source.placeOf(['handlers', origin.index, ...path.map(indexOrName)]);
    },
  };
}

/** Adds the place in the files to each fault that the registry finds. */
export async function withPlaces<T>(files: HandlerFiles, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.fields.length === 0) throw error;
    const faults: PlacedFault[] = error.fields.map((fault) => ({ ...fault, place: files.placeOf(fault.field) }));
    throw new UsageError('invalid handlers; nothing was changed:', faults, error);
  }
}

function handlersIn(source: YamlSource, file: string): unknown[] {
  const { value } = source;
  const names = isJsonObject(value) ? Object.keys(value) : [];
  const unknown = names.filter((name) => name !== 'handlers');
  const faults: PlacedFault[] = unknown.map((field) => ({
    field,
    message: 'is unknown; expected handlers',
    place: source.placeOf([field]),
  }));
  const handlers = isJsonObject(value) ? value['handlers'] : undefined;
  if (!Array.isArray(handlers)) {
    faults.push({ field: 'handlers', message: 'must be a list of handlers', place: source.placeOf(['handlers']) });
  }
  if (faults.length > 0)
    throw new UsageError(`${file === '-' ? 'standard input' : file} is not a file of handlers:`, faults);
  return handlers as unknown[];
}

function indexOrName(part: string): string | number {
  return /^\d+$/.test(part) ? Number(part) : part;
}
