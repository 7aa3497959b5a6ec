import type { Command } from 'commander';
import { answerOf, everyItem, type FailureGroupView, type FailureView, type operations } from '#sdk';
import { withExamples } from '../help/examples.ts';
import { firstItems } from '../input/first-items.ts';
import { positiveNumber } from '../input/option-values.ts';
import { momentColumns } from '../output/moments.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';
import { filterOf, withFailureFilter, type FailureFilter } from './failure-selection.ts';

type Query = NonNullable<operations['listFailures']['parameters']['query']>;
type GroupQuery = NonNullable<operations['listFailureGroups']['parameters']['query']>;

const pageSize = 100;

const columns: readonly Column<FailureView>[] = [
  ...momentColumns('failed', ({ failedAt }: FailureView) => failedAt),
  { title: 'handler', cut: 'end', value: ({ handlerName, handlerId }) => handlerName ?? handlerId },
  { title: 'reason', cut: 'end', value: ({ reason }) => reason },
  { title: 'reached', only: 'wide', value: ({ reached }) => reached },
  { title: 'attempts', only: 'wide', align: 'right', value: ({ attempts }) => attempts },
  { title: 'event', only: 'wide', value: ({ event, objectId }) => `${event} ${objectId}` },
  { title: 'key', only: 'wide', value: ({ partitionKey }) => partitionKey },
  { title: 'skipped', only: 'wide', align: 'right', value: ({ skipped }) => skipped.length },
  { title: 'later', only: 'wide', align: 'right', value: ({ laterEvents }) => laterEvents },
  { title: 'id', value: ({ executionId }) => executionId },
  { title: 'settled as', only: 'wide', value: ({ settledAs }) => settledAs },
  { title: 'assignee', only: 'wide', value: ({ assignee }) => assignee },
  { title: 'message', only: 'wide', value: ({ message }) => message },
];

const groupColumns: readonly Column<FailureGroupView>[] = [
  { title: 'handler', cut: 'end', value: ({ handlerName, handlerId }) => handlerName ?? handlerId },
  { title: 'reason', cut: 'end', value: ({ reason }) => reason },
  { title: 'failures', align: 'right', value: ({ open }) => open },
  { title: 'keys', align: 'right', value: ({ keys }) => keys },
  { title: 'maybe', align: 'right', value: ({ maybe }) => maybe },
  ...momentColumns('oldest', ({ oldestAt }: FailureGroupView) => oldestAt),
  ...momentColumns('newest', ({ newestAt }: FailureGroupView) => newestAt),
];

interface ListOptions extends FailureFilter {
  settled?: true;
  limit: number;
}

/** `failures list` and `failures groups` */
export function addLists(failures: Command, inSession: InSession): void {
  const list = withFailureFilter(failures.command('list', { isDefault: true }))
    .description('List open failures, newest first')
    .option('--settled', 'Settled failures instead')
    .option('-n, --limit <number>', 'Most failures', positiveNumber, 50)
    .addHelpText(
      'after',
      '\nID     execution id, for the other commands\nLATER  later events of the key that have run since',
    )
    .action(inSession(listFailures));
  withExamples(
    list,
    ['What failed in the last two hours?', 'provisor failures list --from 2h'],
    ['Calls that may have arrived', "provisor failures list --handler 'SIP account' --reached maybe"],
  );
  withFailureFilter(failures.command('groups'))
    .description('Count open failures by handler and reason, most first')
    .option('--settled', 'Settled failures instead')
    .addHelpText('after', '\nMAYBE  failures whose calls may have arrived')
    .action(inSession(listGroups));
}

async function listFailures(session: Session, { settled, limit, ...options }: ListOptions): Promise<void> {
  const { client, output } = session;
  const filter = { ...(await filterOf(session, options)), ...stateOf(settled), limit: Math.min(limit, pageSize) };
  const page = (query: Query) => answerOf(client.GET('/api/v1/failures', { params: { query } }));
  const pages = everyItem<FailureView>((cursor) => page({ ...filter, cursor } as Query));
  output.list(await firstItems(pages, limit), columns, settled ? 'No settled failures match.' : 'No open failures.');
}

async function listGroups(
  session: Session,
  { settled, ...options }: FailureFilter & { settled?: true },
): Promise<void> {
  const { client, output } = session;
  const query = { ...(await filterOf(session, options)), ...stateOf(settled) } as GroupQuery;
  const { items } = await answerOf(client.GET('/api/v1/failures/groups', { params: { query } }));
  output.list(items, groupColumns, settled ? 'No settled failures match.' : 'No open failures.');
}

function stateOf(settled: true | undefined): { state?: 'settled' } {
  return settled ? { state: 'settled' } : {};
}
