import type { Command } from 'commander';
import { jsonFault, partitionKeyHeader } from '#contracts';
import { answerOf, type AcceptedEvent, type EventInput } from '#sdk';
import { UsageError } from '../cli-error.ts';
import { dateTime } from '../input/option-values.ts';
import { readInput } from '../input/read-input.ts';
import { plainLine } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';
import { eventBody, type EventOptions } from './event-body.ts';

interface PublishOptions extends EventOptions {
  file?: string;
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
    .option('--at <date-time>', 'when it happened (default: now)', (value) => dateTime(value))
    .option('--key <key>', 'partition key: events that share it run one after another')
    .action(inSession(publish));
}

async function publish(session: Session, options: PublishOptions): Promise<void> {
  const { output } = session;
  const bodies =
    options.file === undefined ? [eventBody(options)] : eventsIn(await readInput(options.file, session.input));
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

function eventsIn(text: string): string[] {
  const whole = text.trim();
  if (whole === '') throw new UsageError('there is no event in the file');
  if (isJson(whole)) return [whole];
  const lines = whole.split('\n').filter((line) => line.trim() !== '');
  const bad = lines.findIndex((line) => !isJson(line));
  const wanted = 'it must be one event, or one a line';
  // A text of several lines that begins like this was meant to be one event.
  if (bad === 0) throw new UsageError(`the file is no JSON: ${jsonFault(whole)}; ${wanted}`);
  if (bad > 0) throw new UsageError(`line ${bad + 1} of the file is no JSON: ${jsonFault(lines[bad]!)}; ${wanted}`);
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
