import type { Command } from 'commander';
import { answerOf, ApiProblem, everyItem, type DeferralView, type operations } from '#sdk';
import { NotThere } from '../cli-error.ts';
import { findHandler } from '../handlers/find-handler.ts';
import { withExamples } from '../help/examples.ts';
import { firstItems } from '../input/first-items.ts';
import { positiveNumber } from '../input/option-values.ts';
import { moment, momentColumns, shortMoment } from '../output/moments.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';

type Query = NonNullable<operations['listDeferrals']['parameters']['query']>;

const pageSize = 100;

const columns: readonly Column<DeferralView>[] = [
  { title: 'key', value: ({ key }) => key },
  ...momentColumns('since', ({ waitingSince }: DeferralView) => waitingSince),
  { title: 'retry', only: 'narrow', value: ({ dueAt, running }) => (running ? 'running' : shortMoment(dueAt)) },
  { title: 'retry', only: 'wide', value: ({ dueAt, running }) => (running ? 'running' : moment(dueAt)) },
  { title: 'reason', value: ({ reason }) => reason },
  { title: 'attempts', only: 'wide', value: ({ attempts }) => attempts, align: 'right' },
  { title: 'behind', value: ({ behind }) => behind, align: 'right' },
  { title: 'event', only: 'wide', value: ({ event }) => `${event.type} ${event.objectId}` },
  { title: 'handler', cut: 'end', value: ({ handlerName, handlerId }) => handlerName ?? handlerId },
];

/** What can be done with a waiting key. */
const actions = {
  retry: { description: 'Retry the events of waiting keys now', done: 'retry requested' },
  skip: { description: 'Give up the call that keys wait for, and continue with the next', done: 'skipped' },
} as const;
type Action = keyof typeof actions;

/** `provisor deferrals …` */
export function addDeferrals(program: Command, inSession: InSession): void {
  const deferrals = program.command('deferrals').description('Waiting events: list, retry now, or skip');
  deferrals
    .command('list', { isDefault: true })
    .description('List partition keys with waiting events, longest wait first')
    .option('--handler <handler>', 'Waiting for this handler, by name or id')
    .option('--reason <reason>', 'Reason, such as retry, handler_busy or circuit_open')
    .option('-n, --limit <number>', 'Most keys', positiveNumber, 50)
    .addHelpText(
      'after',
      '\nKEY     partition key; for a detached handler, the id of its execution\n' +
        'RETRY   time of the next attempt\n' +
        'BEHIND  later events of the key, which wait as well',
    )
    .action(inSession(list));
  for (const action of ['retry', 'skip'] as const) {
    const command = deferrals
      .command(`${action} <keys...>`)
      .description(actions[action].description)
      .addHelpText('after', '\nContinues after a key that no longer waits; the exit code is then 5.')
      .action(inSession((session, keys: string[]) => act(session, action, keys)));
    withExamples(command, ['Two keys', `provisor deferrals ${action} 12 37`]);
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
  output.list(found, columns, 'No events are waiting.');
}

/**
 * Retries or skips each key, and reports each result.
 *
 * @throws {NotThere} At the end, when a key does not wait or its call is running.
 */
async function act({ client, output }: Session, action: Action, keys: readonly string[]): Promise<void> {
  let refused = 0;
  for (const key of keys) {
    try {
      await answerOf(client.POST(`/api/v1/deferrals/{key}/${action}`, { params: { path: { key } } }));
      output.line({ key, result: action }, () => `${plainLine(key)}: ${actions[action].done}`);
    } catch (error) {
      const result = refusal(error);
      if (result === undefined) throw error;
      refused += 1;
      output.line({ key, result: result.code }, () => `${plainLine(key)}: ${result.text}`);
    }
  }
  if (refused > 0) throw new NotThere(`${refused} of ${keys.length} keys: nothing to ${action}`);
}

/** What the registry says of one key; other errors concern every key. */
function refusal(error: unknown): { code: string; text: string } | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  if (error.status === 404) return { code: 'not_waiting', text: 'no longer waiting' };
  if (error.status === 409) return { code: 'running', text: 'call in progress; see its result with "provisor logs"' };
  return undefined;
}
