import type { Command } from 'commander';
import { answerOf, everyItem, type EventView, type operations } from '#sdk';
import { withExamples } from '../help/examples.ts';
import { positiveNumber } from '../input/option-values.ts';
import { firstItems } from '../input/first-items.ts';
import { momentColumns } from '../output/moments.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';
import { eventFilter, withEventFilter, type EventFilter } from './event-filter.ts';
import { statusStyle } from './status-style.ts';

type Query = NonNullable<operations['listEvents']['parameters']['query']>;

const pageSize = 100;

const columns: readonly Column<EventView>[] = [
  ...momentColumns('received', ({ receivedAt }: EventView) => receivedAt),
  { title: 'status', value: ({ status }) => status, style: ({ status }) => statusStyle(status) },
  { title: 'event', only: 'narrow', cut: 'start', value: ({ type, objectId }) => `${type} ${objectId}` },
  { title: 'type', only: 'wide', value: ({ type }) => type },
  { title: 'object', only: 'wide', value: ({ objectId }) => objectId },
  { title: 'key', only: 'wide', value: ({ partitionKey }) => partitionKey },
  { title: 'replay', only: 'wide', value: ({ replayId }) => replayId },
  { title: 'id', value: ({ id }) => id },
];

/** `events list` */
export function addList(events: Command, inSession: InSession): void {
  const command = withEventFilter(events.command('list'))
    .description('List events, newest first')
    .option('--q <text>', 'Event id, object id or key; or a text in failed attempts (of the last day without --from)')
    .option('--lookup <field:value>', 'Value of an indexed field, such as phone:+4915112345')
    .option('-n, --limit <number>', 'Most events', positiveNumber, 50)
    .action(inSession(list));
  withExamples(
    command,
    ['Failed events of the last two hours', 'provisor events list --status failed --from 2h'],
    ['Events with a failed handler, also while other handlers wait', 'provisor events list --has-failed --from 1d'],
    ['Everything that happened to one client', 'provisor events list --key 12 --wide'],
    ['Events with a phone number', 'provisor events list --lookup phone:+4915112345'],
  );
}

interface ListOptions extends EventFilter {
  q?: string;
  lookup?: string;
  limit: number;
}

async function list({ client, output }: Session, options: ListOptions): Promise<void> {
  const { q, lookup, limit } = options;
  const filter = { q, lookup, ...eventFilter(options), limit: Math.min(limit, pageSize) };
  const readPage = (cursor?: string): ReturnType<typeof page> => page({ ...filter, cursor } as Query);
  const page = (query: Query) => answerOf(client.GET('/api/v1/events', { params: { query } }));
  const found = await firstItems(everyItem<EventView>(readPage), limit);
  output.list(found, columns, 'No events match.');
}
