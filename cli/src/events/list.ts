import type { Command } from 'commander';
import { answerOf, everyItem, type EventView, type operations } from '#sdk';
import { positiveNumber } from '../input/option-values.ts';
import { firstItems } from '../input/first-items.ts';
import { moment } from '../output/moments.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';
import { withEventFilter, type EventFilter } from './event-filter.ts';
import { statusStyle } from './status-style.ts';

type Query = NonNullable<operations['listEvents']['parameters']['query']>;

const pageSize = 100;

const columns: readonly Column<EventView>[] = [
  { title: 'received', value: ({ receivedAt }) => moment(receivedAt) },
  { title: 'status', value: ({ status }) => status, style: ({ status }) => statusStyle(status) },
  { title: 'type', value: ({ type }) => type },
  { title: 'object', value: ({ objectId }) => objectId },
  { title: 'key', value: ({ partitionKey }) => partitionKey },
  { title: 'id', value: ({ id, replayId }) => (replayId === null ? id : `${id} (replay)`) },
];

/** `events list` */
export function addList(events: Command, inSession: InSession): void {
  withEventFilter(events.command('list'))
    .description('list events, the newest first')
    .option('-n, --limit <number>', 'how many at most', positiveNumber, 50)
    .action(inSession(list));
}

async function list({ client, output }: Session, options: EventFilter & { limit: number }): Promise<void> {
  const { type, objectId, key, status, from, to, limit } = options;
  const filter = { type, objectId, partitionKey: key, status, from, to, limit: Math.min(limit, pageSize) };
  const readPage = (cursor?: string): ReturnType<typeof page> => page({ ...filter, cursor } as Query);
  const page = (query: Query) => answerOf(client.GET('/api/v1/events', { params: { query } }));
  const found = await firstItems(everyItem<EventView>(readPage), limit);
  output.list(found, columns, 'no events');
}
