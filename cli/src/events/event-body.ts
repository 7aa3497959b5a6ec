import type { Command } from 'commander';
import { isJsonObject, jsonFault, memberTexts } from '#contracts';
import { UsageError } from '../cli-error.ts';
import { dateTime } from '../input/option-values.ts';

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

/** Adds the options that describe one event. */
export function withEventOptions(command: Command): Command {
  return command
    .option('--type <type>', 'Event type, such as clients.update')
    .option('--object-id <id>', 'Object id (default: "id" of the data)')
    .option('--data <json>', 'Data of the object, as JSON')
    .option('--previous <json>', 'Data before the change, as JSON')
    .option('--id <id>', 'Event id (default: a new one)')
    .option('--at <date-time>', 'When it happened (default: now)', (value) => dateTime(value))
    .option('--key <key>', 'Partition key: events with the same key run in order');
}

/**
 * The body of an event from the options of `events publish`. JSON in options stays as it was written.
 *
 * @throws {UsageError}
 */
export function eventBody({ type, objectId, data = '{}', previous, id, at }: EventOptions): string {
  if (type === undefined) throw new UsageError('no event given; add --type and --data, or --file');
  checkJson(data, '--data');
  if (previous !== undefined) checkJson(previous, '--previous');
  // Parsed and printed, long numbers would lose digits.
  const object = objectId === undefined ? idIn(data) : JSON.stringify(idOf(objectId));
  if (object === undefined) throw new UsageError('no object given; add --object-id, or an "id" to --data');
  const dt = at ?? new Date().toISOString();
  const head = JSON.stringify({ ...(id !== undefined && { id }), dt, events_id: type });
  const event = `${head.slice(0, -1)},"object_id":${object}}`;
  return `{"event":${event},"data":${data}${previous === undefined ? '' : `,"previous":${previous}`}}`;
}

/** The JSON text of the id in the data; undefined without an id. */
function idIn(data: string): string | undefined {
  return isJsonObject(JSON.parse(data)) ? memberTexts(data).get('id') : undefined;
}

/** A number if it looks like one, as ids of the billing system do. */
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
