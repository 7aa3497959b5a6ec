import type { Command } from 'commander';
import { answerOf, type ReplayInput, type ReplayView } from '#sdk';
import { NegativeAnswer, UsageError } from '../cli-error.ts';
import { findHandler } from '../handlers/find-handler.ts';
import { confirm } from '../input/confirm.ts';
import { collect } from '../input/option-values.ts';
import { plainLine } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';
import { withEventFilter, type EventFilter } from './event-filter.ts';
import { untilFinished } from './replay-progress.ts';

interface ReplayOptions extends EventFilter {
  handler?: string[];
  yes?: true;
  wait: boolean;
}

/** `events replay` */
export function addReplay(events: Command, inSession: InSession): void {
  withEventFilter(events.command('replay [ids...]'))
    .description('handle events once more: those that are named, or all that match; exit code 1 when not all succeed')
    .option('--handler <handler>', 'only this one, by name or id; may be repeated', collect)
    .option('-y, --yes', 'do not ask before many are replayed')
    .option('--no-wait', 'do not wait for the end')
    .action(inSession(replay));
}

async function replay(session: Session, ids: readonly string[], options: ReplayOptions): Promise<void> {
  const { client, output } = session;
  const filter = filterOf(options);
  const isFiltered = Object.keys(filter).length > 0;
  if (ids.length > 0 === isFiltered) {
    throw new UsageError('which events? Give their ids, or options that say which, and not both');
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

function filterOf({ type, objectId, key, status, from, to }: EventFilter): ReplayInput['filter'] {
  const filter = { type, objectId, partitionKey: key, status: status?.split(','), from, to };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

async function ask(
  { client, input }: Session,
  body: Pick<ReplayInput, 'filter'>,
  { yes }: ReplayOptions,
): Promise<void> {
  if (yes) return;
  const { events, more } = await answerOf(client.POST('/api/v1/replays/preview', { body }));
  if (events === 0) throw new NegativeAnswer('no event matches');
  const question = `Replay ${more ? 'more than ' : ''}${events} event${events === 1 ? '' : 's'}?`;
  if (!(await confirm(question, input))) throw new NegativeAnswer('nothing was replayed');
}

function hasSucceeded({ status, failed, waiting }: ReplayView): boolean {
  return status === 'finished' && failed === 0 && waiting === 0;
}

function replayText({ id, eventId, status, total, succeeded, failed, waiting }: ReplayView): string {
  const what = eventId === null ? `${total ?? 'some'} event(s)` : plainLine(eventId);
  const counts = `${succeeded} succeeded, ${failed} failed, ${waiting} waiting`;
  return `replay ${id} of ${what}: ${status}${status === 'requested' ? '' : `; ${counts}`}`;
}
