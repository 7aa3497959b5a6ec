import { scheduleMs, timeoutMs } from '../cast.ts';
import type { CallRecord } from '../targets/call-log.ts';
import { retryAfterSeconds } from '../targets/receiver.ts';
import type { JournaledAttempt } from './journal.ts';
import type { RunRecord } from './run-record.ts';

/** No attempt is made earlier than the schedule, or the target's own wish, allows. */
export function notEarly({ calls, journal }: RunRecord): string[] {
  const executions = Map.groupBy(calls, ({ executionId }) => executionId);
  return [...executions.values()].flatMap((own) =>
    own.flatMap((call, index) => {
      const before = own[index - 1];
      if (before?.attempt !== call.attempt - 1) return [];
      const attempts = attemptsOf(call, journal);
      // An executor that took a call back at the moment of its answer does not count it, and makes it again at once.
      if (attempts.some(({ number, reason }) => number === before.attempt && reason === 'aborted')) return [];
      const early = earlyMs(before, call, attempts);
      if (early <= 0) return [];
      return [
        `${call.eventId}: attempt ${String(call.attempt)} of ${call.handler} was made ${early.toFixed()} ms early`,
      ];
    }),
  );
}

/** By how much a call came too early; 0 where the one before it was not one of ours to answer, or has not failed. */
function earlyMs(before: CallRecord, call: CallRecord, attempts: readonly JournaledAttempt[]): number {
  const { behaviour, attempt, endedAt } = before;
  const waitMs = scheduleMs[Math.min(attempt, scheduleMs.length) - 1] ?? 0;
  switch (behaviour) {
    case 'unavailable':
    case 'reset':
      return endedAt === undefined ? 0 : endedAt + waitMs - call.startedAt;
    case 'throttled':
      return endedAt === undefined ? 0 : endedAt + Math.max(waitMs, retryAfterSeconds * 1_000) - call.startedAt;
    case 'hang':
      return timeoutMs + waitMs - betweenStartsMs(attempt, attempts);
    default:
      return 0;
  }
}

/**
 * Milliseconds from the start of an attempt to that of the next. Only the executor knows when a call began that it ends
 * itself: on a busy machine its receiver reads it much later. Infinite where an executor was killed before it told.
 */
function betweenStartsMs(attempt: number, attempts: readonly JournaledAttempt[]): number {
  const startOf = (wanted: number) => attempts.find(({ number }) => number === wanted)?.startedAt;
  const [first, second] = [startOf(attempt), startOf(attempt + 1)];
  return first === undefined || second === undefined ? Infinity : Date.parse(second) - Date.parse(first);
}

function attemptsOf({ eventId, executionId }: CallRecord, journal: RunRecord['journal']): readonly JournaledAttempt[] {
  return journal.get(eventId)?.executions.find(({ id }) => id === executionId)?.attempts ?? [];
}
