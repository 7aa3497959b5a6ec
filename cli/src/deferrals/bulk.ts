import type { Command } from 'commander';
import { answerOf, type DeferralFilterInput } from '#sdk';
import { NegativeAnswer } from '../cli-error.ts';
import { findHandler } from '../handlers/find-handler.ts';
import { confirm } from '../input/confirm.ts';
import { howOf, type OperationOptions } from '../operations/operation-options.ts';
import { report } from '../operations/progress.ts';
import type { Session } from '../session.ts';
import { findTarget } from '../targets/find-target.ts';

/** Selects waiting keys. */
export interface DeferralFilter {
  handler?: string;
  target?: string;
  reason?: string;
  olderThan?: string;
}

/** Adds the options that select waiting keys. */
export function withDeferralFilter(command: Command): Command {
  return command
    .option('--handler <handler>', 'Waiting for this handler, by name or id')
    .option('--target <target>', 'Waiting for handlers of this target, by name or id')
    .option('--reason <reason>', 'Why they wait, such as circuit_open, or why the last attempt failed')
    .option('--older-than <duration>', 'Waiting longer than this, such as 10m')
    .option('--all', 'All waiting keys');
}

/** The filter that options describe. */
export async function filterOf(
  { client }: Session,
  { handler, target, reason, olderThan }: DeferralFilter,
): Promise<DeferralFilterInput> {
  return {
    ...(handler !== undefined && { handlerId: (await findHandler(client, handler)).id }),
    ...(target !== undefined && { targetId: (await findTarget(client, target)).id }),
    ...(reason !== undefined && { reason }),
    ...(olderThan !== undefined && { waitingLongerThan: olderThan }),
  };
}

/** Retries or skips all waiting keys that match, after a question with their number. */
export async function actOnAll(
  session: Session,
  action: 'retry' | 'skip',
  filter: DeferralFilterInput,
  options: OperationOptions,
): Promise<void> {
  const { client, input } = session;
  if (!options.yes) {
    const { keys, events } = await answerOf(client.POST('/api/v1/deferrals/preview', { body: { filter } }));
    if (keys === 0) throw new NegativeAnswer('no waiting keys match');
    const counts = `${keys} key${keys === 1 ? '' : 's'} with ${events} event${events === 1 ? '' : 's'}`;
    const question = `${action === 'retry' ? 'Retry' : 'Skip'} ${counts}?`;
    if (!(await confirm(question, input))) throw new NegativeAnswer('nothing was changed');
  }
  const body = { filter, ...howOf(options) };
  await report(session, [await answerOf(client.POST(`/api/v1/deferrals/${action}`, { body }))], options.wait);
}
