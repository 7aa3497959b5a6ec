import type { Command } from 'commander';
import { jsonFault, partitionKeyHeader } from '#contracts';
import { answerOf, type AcceptedEvent, type EventInput } from '#sdk';
import { UsageError } from '../cli-error.ts';
import { withExamples } from '../help/examples.ts';
import { readInput } from '../input/read-input.ts';
import { plainLine } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';
import { eventBody, withEventOptions, type EventOptions } from './event-body.ts';

interface PublishOptions extends EventOptions {
  file?: string;
  key?: string;
}

/** `events publish` */
export function addPublish(events: Command, inSession: InSession): void {
  const command = withEventOptions(
    events
      .command('publish')
      .description('Publish events, as the billing system does')
      .option('-f, --file <file>', 'JSON: one event, or one event per line (-: standard input)'),
  ).action(inSession(publish));
  withExamples(
    command,
    ['One event', 'provisor events publish --type clients.create --data \'{"id": 12}\' --key 12'],
    ['Events of a file, one per line', 'provisor events publish -f events.jsonl'],
  );
}

async function publish(session: Session, options: PublishOptions): Promise<void> {
  const { output } = session;
  const bodies =
    options.file === undefined ? [eventBody(options)] : eventsIn(await readInput(options.file, session.input));
  const bar = output.progress('publishing');
  const ids: string[] = [];
  try {
    // One after another, so that events arrive in the order of the file.
    for (const body of bodies) {
      ids.push((await publishOne(session, body, options.key)).id);
      if (bodies.length > 1) bar.show(ids.length, bodies.length);
    }
  } catch (error) {
    bar.end();
    if (bodies.length > 1) output.note(`published ${ids.length} of ${bodies.length} events`);
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
      // As it was written: parsed and printed, long numbers would lose digits.
      bodySerializer: (text: unknown) => text as string,
    }),
  );
}

function eventsIn(text: string): string[] {
  const whole = text.trim();
  if (whole === '') throw new UsageError('the file is empty; expected one event, or one event per line');
  if (isJson(whole)) return [whole];
  const lines = whole.split('\n').filter((line) => line.trim() !== '');
  const bad = lines.findIndex((line) => !isJson(line));
  const wanted = 'expected one event, or one event per line';
  // A text whose first line is not JSON was meant to be one event over several lines.
  if (bad === 0) throw new UsageError(`the file is not valid JSON: ${jsonFault(whole)}; ${wanted}`);
  if (bad > 0) throw new UsageError(`line ${bad + 1} is not valid JSON: ${jsonFault(lines[bad]!)}; ${wanted}`);
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
