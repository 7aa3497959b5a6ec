import type { Command } from 'commander';
import { answerOf, everyItem, type NoticePage, type NoticeView, type OpenTroubleView, type operations } from '#sdk';
import { withExamples } from '../help/examples.ts';
import { firstItems } from '../input/first-items.ts';
import { collect, positiveNumber } from '../input/option-values.ts';
import { momentColumns } from '../output/moments.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';

type Query = NonNullable<operations['listNotices']['parameters']['query']>;

interface ListOptions {
  type?: string[];
  open?: true;
  limit: number;
}

const pageSize = 100;

/** What notices and open troubles have in common. */
const shared: readonly Column<NoticeView | OpenTroubleView>[] = [
  { title: 'type', value: ({ type }) => type },
  { title: 'subject', value: ({ subject }) => subject.name },
  { title: 'count', value: ({ count }) => String(count) },
  { title: 'link', only: 'wide', value: ({ link }) => link },
  { title: 'message', cut: 'end', value: ({ message }) => message },
];

const told: readonly Column<NoticeView>[] = [...momentColumns('told', ({ at }: NoticeView) => at), ...shared];
const open: readonly Column<OpenTroubleView>[] = [
  ...momentColumns('since', ({ since }: OpenTroubleView) => since),
  ...shared,
];

/** `provisor notices` */
export function addNotices(program: Command, inSession: InSession): void {
  const notices = program.command('notices').description('What Provisor tells of troubles: list');
  const listing = notices
    .command('list', { isDefault: true })
    .description('List notices, newest first, or the troubles that go on')
    .option('--open', 'Troubles that go on, instead of notices')
    .option('--type <type>', 'Type, such as provisor.failure.opened; repeatable', collect)
    .option('-n, --limit <number>', 'Most notices', positiveNumber, 50)
    .action(inSession(list));
  withExamples(listing, ['What goes wrong now?', 'provisor notices --open']);
}

async function list({ client, output }: Session, { type, open: onlyOpen, limit }: ListOptions): Promise<void> {
  const page = (query: Query) => answerOf(client.GET('/api/v1/notices', { params: { query } }));
  if (onlyOpen) {
    const { open: troubles } = await page({ limit: 1 });
    const chosen = troubles.filter((trouble) => type === undefined || type.includes(trouble.type));
    output.list(chosen, open, 'No trouble goes on.');
    return;
  }
  const pages = (cursor: string | undefined): Promise<NoticePage> =>
    page({ type: type?.join(','), limit: Math.min(limit, pageSize), cursor } as Query);
  output.list(await firstItems(everyItem<NoticeView>(pages), limit), told, 'No notices match.');
}
