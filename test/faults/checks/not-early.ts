import { scheduleMs, timeoutMs } from '../cast.ts';
import type { CallRecord } from '../targets/call-log.ts';
import { retryAfterSeconds } from '../targets/receiver.ts';
import type { RunRecord } from './run-record.ts';

/** By how much we may learn of the beginning of a call later than it began, milliseconds. */
const lagMs = 250;

/** No attempt is made earlier than the schedule, or the target's own wish, allows. */
export function notEarly({ calls, journal }: RunRecord): string[] {
  const executions = Map.groupBy(calls, ({ executionId }) => executionId);
  return [...executions.values()].flatMap((own) =>
    own.flatMap((call, index) => {
      const before = own[index - 1];
      if (before?.attempt !== call.attempt - 1) return [];
      const allowedAt = nextAllowedAt(before);
      if (allowedAt === undefined || call.startedAt >= allowedAt || takenBack(before, journal)) return [];
      const early = Math.round(allowedAt - call.startedAt);
      return [`${call.eventId}: attempt ${String(call.attempt)} of ${call.handler} was made ${String(early)} ms early`];
    }),
  );
}

/** Undefined where the call was not one of ours to answer, or has not failed. */
function nextAllowedAt({ behaviour, attempt, startedAt, endedAt }: CallRecord): number | undefined {
  const waitMs = scheduleMs[Math.min(attempt, scheduleMs.length) - 1] ?? 0;
  switch (behaviour) {
    case 'unavailable':
    case 'reset':
      return endedAt === undefined ? undefined : endedAt + waitMs;
    case 'throttled':
      return endedAt === undefined ? undefined : endedAt + Math.max(waitMs, retryAfterSeconds * 1_000);
    case 'hang':
      return startedAt + timeoutMs + waitMs - lagMs;
    default:
      return undefined;
  }
}

/** An executor that took a call back at the moment of its answer does not count it, and makes it again at once. */
function takenBack({ eventId, executionId, attempt }: CallRecord, journal: RunRecord['journal']): boolean {
  const execution = journal.get(eventId)?.executions.find(({ id }) => id === executionId);
  return execution?.attempts.some(({ number, reason }) => number === attempt && reason === 'aborted') ?? false;
}
