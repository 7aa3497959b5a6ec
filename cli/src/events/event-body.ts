import { isJsonObject, jsonFault, memberTexts } from '#contracts';
import { UsageError } from '../cli-error.ts';

export interface EventOptions {
  type?: string;
  objectId?: string;
  /** JSON. */
  data?: string;
  /** JSON. */
  previous?: string;
  id?: string;
  /** RFC 3339. */
  at?: string;
}

/**
 * The body of an event that the options of `events publish` tell of; what is JSON in them stands in it as it was
 * written.
 *
 * @throws {UsageError}
 */
export function eventBody({ type, objectId, data = '{}', previous, id, at }: EventOptions): string {
  if (type === undefined) throw new UsageError('which event? Give --type and --data, or --file');
  checkJson(data, '--data');
  if (previous !== undefined) checkJson(previous, '--previous');
  // What was written goes out as it was written: parsed and printed, its numbers would lose digits.
  const object = objectId === undefined ? idIn(data) : JSON.stringify(idOf(objectId));
  if (object === undefined) throw new UsageError('which object? Give --object-id, or data with an "id"');
  const dt = at ?? new Date().toISOString();
  const head = JSON.stringify({ ...(id !== undefined && { id }), dt, events_id: type });
  const event = `${head.slice(0, -1)},"object_id":${object}}`;
  return `{"event":${event},"data":${data}${previous === undefined ? '' : `,"previous":${previous}`}}`;
}

/** How the id in the data is written; undefined when there is none. */
function idIn(data: string): string | undefined {
  return isJsonObject(JSON.parse(data)) ? memberTexts(data).get('id') : undefined;
}

/** A number where it looks like one, as billing has them. */
function idOf(text: string): string | number {
  return /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

function checkJson(text: string, option: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${option} must be JSON: ${jsonFault(text)}`, [], error);
  }
}
