import type { EventExecutionView } from './dto/event-execution.dto.ts';
import type { EventView } from './dto/event.dto.ts';
import type { EventRun } from './event-executions.ts';

/** Where an event stands. */
type Standing = Pick<EventView, 'status' | 'hasFailures'>;

/**
 * Where an event stands by all of its runs, tests left out. The newest result of each handler counts: a replay that
 * succeeds settles the failure of its handler, and of no other.
 *
 * @param runs The event as it was received first, and then its replays.
 * @param executions In the same order.
 */
export function standingOf(runs: readonly EventRun[], executions: readonly EventExecutionView[]): Standing {
  const results = [...newestResults(executions).values()];
  const hasFailures = results.some(({ status }) => status === 'failed');
  const waits = runs.some(({ test, row }) => !test && row.status === 'waiting');
  if (waits || results.some(({ status }) => status === 'waiting')) return { status: 'waiting', hasFailures };
  const isFailed = hasFailures || results.some(({ skipReason }) => skipReason === 'earlier_failed');
  return { status: isFailed ? 'failed' : 'succeeded', hasFailures };
}

function newestResults(executions: readonly EventExecutionView[]): Map<string, EventExecutionView> {
  const results = new Map<string, EventExecutionView>();
  for (const execution of executions) {
    if (execution.test || (results.has(execution.handlerId) && wasPassedOver(execution))) continue;
    results.set(execution.handlerId, execution);
  }
  return results;
}

/** A handler that a run did not get to has no new result. */
function wasPassedOver({ skipReason }: EventExecutionView): boolean {
  return skipReason === 'earlier_failed' || skipReason === 'handler_disabled';
}
