import { succeeded } from '../targets/call-log.ts';
import type { RunRecord } from './run-record.ts';

/**
 * What the journal calls succeeded, a target has answered so; and nothing was called that billing has not published.
 */
export function trulyCalled({ ledger, calls, journal }: RunRecord): string[] {
  const answered = new Set(calls.filter(succeeded).map(({ executionId }) => executionId));
  const invented = calls
    .filter(({ eventId }) => !ledger.get(eventId))
    .map(({ eventId, handler }) => `${handler} was called for ${eventId}, which nobody published`);
  const uncalled = [...journal.values()].flatMap((event) =>
    event.executions
      .filter(({ id, status }) => status === 'succeeded' && !answered.has(id))
      .map(({ handlerName }) => `${event.id}: ${String(handlerName)} succeeded without a call that did`),
  );
  return [...invented, ...uncalled];
}
