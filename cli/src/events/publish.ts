import type { Command } from 'commander';
import { partitionKeyHeader } from '#contracts';
import { answerOf, type AcceptedEvent, type EventInput } from '#sdk';
import { UsageError } from '../cli-error.ts';
import { readInput } from '../input/read-input.ts';
import { plainLine } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';

interface PublishOptions {
  file?: string;
  type?: string;
  objectId?: string;
  data?: string;
  previous?: string;
  id?: string;
  at?: string;
  key?: string;
}

/** `events publish` */
export function addPublish(events: Command, inSession: InSession): void {
  events
    .command('publish')
    .description('publish events, as the billing system would')
    .option('-f, --file <file>', 'JSON of one event, or of one event a line; - is the standard input')
    .option('--type <type>', 'event type')
    .option('--object-id <id>', 'id of the object (default: "id" of the data)')
    .option('--data <json>', 'what the event carries')
    .option('--previous <json>', 'what it was before')
    .option('--id <id>', 'id of the event (default: a new one)')
    .option('--at <date-time>', 'when it happened (default: now)')
    .option('--key <key>', 'partition key: events that share it run one after another')
    .action(inSession(publish));
}

async function publish(session: Session, options: PublishOptions): Promise<void> {
  const { output } = session;
  const bodies =
    options.file === undefined ? [bodyOf(options)] : eventsIn(await readInput(options.file, session.input));
  const bar = output.progress('publishing');
  const ids: string[] = [];
  try {
    // One after another: events of one client are to arrive in this order.
    for (const body of bodies) {
      ids.push((await publishOne(session, body, options.key)).id);
      if (bodies.length > 1) bar.show(ids.length, bodies.length);
    }
  } catch (error) {
    bar.end();
    if (bodies.length > 1) output.note(`${ids.length} of ${bodies.length} events were published`);
    throw error;
  }
  bar.end();
  for (const id of ids) output.line({ id }, () => `published ${plainLine(id)}`);
}

function publishOne({ client }: Session, body: string, key: string | undefined): Promise<AcceptedEvent> {
  const header = key === undefined ? {} : { [partitionKeyHeader]: key };
  return answerOf(
    client.POST('/api/v1/events', {
      params: { header },
      headers: { 'content-type': 'application/json' },
      body: body as unknown as EventInput,
      // As it was written: a number that JavaScript cannot hold is to arrive whole.
      bodySerializer: (text: unknown) => text as string,
    }),
  );
}

function bodyOf({ type, objectId, data = '{}', previous, id, at }: PublishOptions): string {
  if (type === undefined) throw new UsageError('which event? Give --type and --data, or --file');
  const carried = parsed(data, '--data') as { id?: unknown } | null;
  const object = objectId === undefined ? carried?.id : idOf(objectId);
  if (object === undefined) throw new UsageError('which object? Give --object-id, or data with an "id"');
  const dt = at ?? new Date().toISOString();
  const event = { ...(id !== undefined && { id }), dt, events_id: type, object_id: object };
  const before = previous === undefined ? {} : { previous: parsed(previous, '--previous') };
  return JSON.stringify({ event, data: carried, ...before });
}

/** A number where it looks like one, as billing has them. */
function idOf(text: string): string | number {
  return /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

function eventsIn(text: string): string[] {
  const whole = text.trim();
  if (whole === '') throw new UsageError('there is no event in the file');
  if (isJson(whole)) return [whole];
  const lines = whole.split('\n').filter((line) => line.trim() !== '');
  const bad = lines.findIndex((line) => !isJson(line));
  if (bad >= 0) throw new UsageError(`line ${bad + 1} of the file is no JSON: it must be one event, or one a line`);
  return lines;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function parsed(text: string, option: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${option} must be JSON: ${(error as Error).message}`, [], error);
  }
}
