import type { Command } from 'commander';
import { answerOf, everyItem, type DeferralView, type operations } from '#sdk';
import { findHandler } from '../handlers/find-handler.ts';
import { firstItems } from '../input/first-items.ts';
import { positiveNumber } from '../input/option-values.ts';
import { moment } from '../output/moments.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';

type Query = NonNullable<operations['listDeferrals']['parameters']['query']>;

const pageSize = 100;

const columns: readonly Column<DeferralView>[] = [
  { title: 'key', value: ({ key }) => key },
  { title: 'since', value: ({ waitingSince }) => moment(waitingSince) },
  { title: 'until', value: ({ dueAt, running }) => (running ? 'now' : moment(dueAt)) },
  { title: 'reason', value: ({ reason }) => reason },
  { title: 'attempts', value: ({ attempts }) => attempts, align: 'right' },
  { title: 'behind', value: ({ behind }) => behind, align: 'right' },
  { title: 'event', value: ({ event }) => `${event.type} ${event.objectId}` },
  { title: 'handler', value: ({ handlerName, handlerId }) => handlerName ?? handlerId },
];

/** `provisor deferrals …` */
export function addDeferrals(program: Command, inSession: InSession): void {
  const deferrals = program
    .command('deferrals')
    .description('what waits: for a retry, or for a handler that has no room');
  deferrals
    .command('list', { isDefault: true })
    .description('list the keys that wait, the longest first')
    .option('--handler <handler>', 'for this handler, by name or id')
    .option('--reason <reason>', 'for this reason: retry, handler_busy, circuit_open, …')
    .option('-n, --limit <number>', 'how many at most', positiveNumber, 50)
    .action(inSession(list));
  for (const [name, description] of [
    ['retry', 'try what keys wait for now, without waiting for its time'],
    ['skip', 'give up what keys wait for, and go on with what is behind it'],
  ] as const) {
    deferrals
      .command(`${name} <keys...>`)
      .description(description)
      .action(inSession((session, keys: string[]) => act(session, name, keys)));
  }
}

async function list(
  { client, output }: Session,
  { handler, reason, limit }: { handler?: string; reason?: string; limit: number },
): Promise<void> {
  const handlerId = handler === undefined ? undefined : (await findHandler(client, handler)).id;
  const filter = { handlerId, reason, limit: Math.min(limit, pageSize) };
  const page = (query: Query) => answerOf(client.GET('/api/v1/deferrals', { params: { query } }));
  const found = await firstItems(
    everyItem<DeferralView>((cursor) => page({ ...filter, cursor } as Query)),
    limit,
  );
  output.list(found, columns, 'nothing waits');
}

const words = { retry: 'is tried now', skip: 'is given up' } as const;

async function act({ client, output }: Session, what: 'retry' | 'skip', keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const params = { path: { key } };
    const call =
      what === 'retry'
        ? client.POST('/api/v1/deferrals/{key}/retry', { params })
        : client.POST('/api/v1/deferrals/{key}/skip', { params });
    const answer = await answerOf(call);
    output.line(answer, () => `${plainLine(key)}: what it waits for ${words[what]}`);
  }
}
