import type { Command } from 'commander';
import { answerOf, everyItem, type operations, type ReplayView } from '#sdk';
import { firstItems } from '../input/first-items.ts';
import { positiveNumber } from '../input/option-values.ts';
import { moment, momentColumns } from '../output/moments.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';
import { addReplay } from './create.ts';

type Query = NonNullable<operations['listReplays']['parameters']['query']>;

const pageSize = 100;

const columns: readonly Column<ReplayView>[] = [
  ...momentColumns('created', ({ createdAt }: ReplayView) => createdAt),
  { title: 'status', value: ({ status }) => status },
  { title: 'done', align: 'right', value: doneOf },
  { title: 'failed', align: 'right', value: ({ failed }) => failed },
  { title: 'waiting', only: 'wide', align: 'right', value: ({ waiting }) => waiting },
  { title: 'id', value: ({ id }) => id },
  { title: 'events', only: 'wide', value: selectionOf },
];

/** `provisor replays …` */
export function addReplays(program: Command, inSession: InSession): void {
  const replays = program.command('replays').description('List, show, create and cancel replays');
  replays
    .command('list', { isDefault: true })
    .description('List replays, newest first')
    .option('-n, --limit <number>', 'Most replays', positiveNumber, 50)
    .action(inSession(list));
  replays.command('show <id>').description('Show a replay and its progress').action(inSession(show));
  addReplay(replays.command('create'), inSession);
  replays
    .command('cancel <id>')
    .description('Cancel a replay; events that it already published still run')
    .action(inSession(cancel));
}

async function list({ client, output }: Session, { limit }: { limit: number }): Promise<void> {
  const page = (query: Query) => answerOf(client.GET('/api/v1/replays', { params: { query } }));
  const pages = everyItem<ReplayView>((cursor) =>
    page({ limit: Math.min(limit, pageSize), ...(cursor !== undefined && { cursor }) }),
  );
  output.list(await firstItems(pages, limit), columns, 'No replays.');
}

async function show({ client, output }: Session, id: string): Promise<void> {
  const replay = await answerOf(client.GET('/api/v1/replays/{id}', { params: { path: { id } } }));
  output.result(replay, () => replayDetails(replay));
}

async function cancel({ client, output }: Session, id: string): Promise<void> {
  const replay = await answerOf(client.DELETE('/api/v1/replays/{id}', { params: { path: { id } } }));
  output.result(replay, () => {
    const { status, published, total } = replay;
    if (status === 'finished') return `replay ${replay.id}: already finished`;
    return `replay ${replay.id}: ${status} after ${published} of ${total ?? '?'} events`;
  });
}

function replayDetails(replay: ReplayView): string {
  const { id, status, total, published, succeeded, failed, waiting, handlerIds } = replay;
  return [
    `replay     ${id}`,
    `status     ${status}`,
    `events     ${selectionOf(replay)}`,
    `handlers   ${handlerIds === null ? 'all enabled' : handlerIds.join(', ')}`,
    `created    ${moment(replay.createdAt)}`,
    `started    ${moment(replay.startedAt)}`,
    `finished   ${moment(replay.finishedAt ?? replay.cancelledAt)}`,
    `published  ${published} of ${total ?? '?'}`,
    `succeeded  ${succeeded}`,
    `failed     ${failed}`,
    `waiting    ${waiting}`,
  ]
    .map(plainLine)
    .join('\n');
}

/** Which events a replay runs again: one by its id, or those that match a filter. */
function selectionOf({ eventId, filter }: ReplayView): string {
  if (eventId !== null) return eventId;
  const parts = Object.entries(filter).map(([name, value]) => `${name}=${String(value)}`);
  return parts.length === 0 ? 'all' : parts.join(' ');
}

function doneOf({ succeeded, failed, waiting, total }: ReplayView): string {
  return `${succeeded + failed + waiting}/${total ?? '?'}`;
}
