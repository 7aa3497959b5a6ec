import type { Command } from 'commander';
import { answerOf, type ReplayInput, type ReplayView } from '#sdk';
import { NegativeAnswer, UsageError } from '../cli-error.ts';
import { eventFilter, withEventFilter, type EventFilter } from '../events/event-filter.ts';
import { findHandler } from '../handlers/find-handler.ts';
import { withExamples } from '../help/examples.ts';
import { confirm } from '../input/confirm.ts';
import { collect } from '../input/option-values.ts';
import { plainLine } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';
import { untilFinished } from './progress.ts';

interface ReplayOptions extends EventFilter {
  handler?: string[];
  yes?: true;
  wait: boolean;
}

/** Makes a command replay events: `events replay` and `replays create` are the same. */
export function addReplay(command: Command, inSession: InSession): void {
  withEventFilter(command)
    .description('Run the handlers again for events: by id, or all that match')
    .argument('[ids...]', 'Event ids; without ids the options select the events')
    .option('--handler <handler>', 'Only this handler, by name or id; repeatable', collect)
    .option('-y, --yes', 'Do not ask for confirmation')
    .option('--no-wait', 'Do not wait for the result')
    .addHelpText('after', '\nExit code 1: not every event succeeded.')
    .action(inSession(replay));
  const words = command.parent?.name() === 'replays' ? 'provisor replays create' : 'provisor events replay';
  withExamples(
    command,
    ['One event', `${words} 0193a7c1-d2e3-7000-8000-000000000001`],
    ['The failed events of two hours, for one handler', `${words} --status failed --from 2h --handler 'SIP account'`],
  );
}

async function replay(session: Session, ids: readonly string[], options: ReplayOptions): Promise<void> {
  const { client, output } = session;
  const filter = filterOf(options);
  const isFiltered = Object.keys(filter).length > 0;
  if (ids.length > 0 === isFiltered) {
    throw new UsageError('give either event ids, or options that select events');
  }
  const handlers = await Promise.all((options.handler ?? []).map((name) => findHandler(client, name)));
  const only = handlers.length > 0 ? { handlerIds: handlers.map(({ id }) => id) } : {};
  const replays: ReplayView[] = [];
  if (isFiltered) {
    await ask(session, { filter }, options);
    replays.push(await answerOf(client.POST('/api/v1/replays', { body: { filter, ...only } })));
  }
  for (const id of ids) {
    const path = { id };
    replays.push(await answerOf(client.POST('/api/v1/events/{id}/replay', { params: { path }, body: only })));
  }
  const seen = options.wait ? await untilFinished(session, replays) : replays;
  for (const each of seen) output.line(each, () => replayText(each));
  if (options.wait && !seen.every(hasSucceeded)) throw new NegativeAnswer();
}

function filterOf(options: EventFilter): ReplayInput['filter'] {
  const filter = { ...eventFilter(options), status: options.status?.split(',') };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

async function ask(
  { client, input }: Session,
  body: Pick<ReplayInput, 'filter'>,
  { yes }: ReplayOptions,
): Promise<void> {
  if (yes) return;
  const { events, more } = await answerOf(client.POST('/api/v1/replays/preview', { body }));
  if (events === 0) throw new NegativeAnswer('no events match');
  const question = `Replay ${more ? 'more than ' : ''}${events} event${events === 1 ? '' : 's'}?`;
  if (!(await confirm(question, input))) throw new NegativeAnswer('nothing was replayed');
}

function hasSucceeded({ status, failed, waiting }: ReplayView): boolean {
  return status === 'finished' && failed === 0 && waiting === 0;
}

function replayText({ id, eventId, status, total, succeeded, failed, waiting }: ReplayView): string {
  const subject = eventId === null ? `${total ?? '?'} event${total === 1 ? '' : 's'}` : `event ${plainLine(eventId)}`;
  const counts = `${succeeded} succeeded, ${failed} failed, ${waiting} waiting`;
  return `replay ${id} of ${subject}: ${status}${status === 'requested' ? '' : `; ${counts}`}`;
}
