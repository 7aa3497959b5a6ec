import type { Command } from 'commander';
import { answerOf, ApiProblem, everyItem, type DeferralView, type operations } from '#sdk';
import { NotThere, UsageError } from '../cli-error.ts';
import { withExamples } from '../help/examples.ts';
import { firstItems } from '../input/first-items.ts';
import { positiveNumber } from '../input/option-values.ts';
import { howOf, withOperationOptions, type OperationOptions } from '../operations/operation-options.ts';
import { moment, momentColumns, shortMoment } from '../output/moments.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';
import { actOnAll, filterOf, withDeferralFilter, type DeferralFilter } from './bulk.ts';

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
    .option('--target <target>', 'Waiting for handlers of this target, by name or id')
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
    const command = withOperationOptions(withDeferralFilter(deferrals.command(action)))
      .description(actions[action].description)
      .argument('[keys...]', 'Partition keys; without keys the options select them')
      .addHelpText('after', '\nContinues after a key that no longer waits; the exit code is then 5.')
      .action(inSession((session, keys: string[], options: ActionOptions) => act(session, action, keys, options)));
    withExamples(
      command,
      ['Two keys', `provisor deferrals ${action} 12 37`],
      [
        'The target is back: ten keys first, then the rest',
        `provisor deferrals ${action} --handler 'SIP account' --canary 10 --per-second 50`,
      ],
    );
  }
}

async function list(
  session: Session,
  { limit, ...selected }: Omit<DeferralFilter, 'olderThan'> & { limit: number },
): Promise<void> {
  const { client, output } = session;
  const filter = { ...(await filterOf(session, selected)), limit: Math.min(limit, pageSize) };
  const page = (query: Query) => answerOf(client.GET('/api/v1/deferrals', { params: { query } }));
  const found = await firstItems(
    everyItem<DeferralView>((cursor) => page({ ...filter, cursor } as Query)),
    limit,
  );
  output.list(found, columns, 'No events are waiting.');
}

type ActionOptions = DeferralFilter & OperationOptions & { all?: true };

/** @throws {UsageError} When there are both keys and options that select them, or neither. */
async function act(
  session: Session,
  action: Action,
  keys: readonly string[],
  { all, ...options }: ActionOptions,
): Promise<void> {
  const filter = await filterOf(session, options);
  const isFiltered = Object.keys(filter).length > 0;
  if (Number(keys.length > 0) + Number(isFiltered) + Number(all ?? false) !== 1)
    throw new UsageError('give either keys, options that select keys, or --all');
  if (keys.length === 0) return actOnAll(session, action, filter, options);
  if (Object.keys(howOf(options)).length > 0)
    throw new UsageError('--canary, --per-second and --note need options that select keys, or --all');
  await actOnEach(session, action, keys);
}

/**
 * Retries or skips each key, and reports each result.
 *
 * @throws {NotThere} At the end, when a key does not wait or its call is running.
 */
async function actOnEach({ client, output }: Session, action: Action, keys: readonly string[]): Promise<void> {
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
