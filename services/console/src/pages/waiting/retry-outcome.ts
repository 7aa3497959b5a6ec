import type { DeferralView, EventDetailsView, EventExecutionView } from '#contracts/rest-api';
import { formatDuration } from '../../components/format-duration.ts';
import { reasonLabel } from '../../components/reasons.ts';

type Retried = Pick<DeferralView, 'event' | 'handlerId' | 'lastAttempt'>;

/** The result of a retry; undefined until it is known. */
export function retryOutcome(
  { executions, status }: Pick<EventDetailsView, 'executions' | 'status'>,
  { handlerId, lastAttempt }: Retried,
  now: Date,
): { words: string; isGood: boolean } | undefined {
  const attempted = executions.filter((execution) => execution.handlerId === handlerId).findLast(hasAttempts);
  const attempt = attempted?.attempts.at(-1);
  if (!attempt) {
    // An event that had not begun.
    return handlerId === null && status !== 'waiting' ? { words: status, isGood: status === 'succeeded' } : undefined;
  }
  if (lastAttempt && attempt.startedAt <= lastAttempt.startedAt) return undefined;
  if (attempt.outcome === 'success') return { words: 'succeeded', isGood: true };
  const error = attempt.reason === null ? 'failed' : `failed again: ${reasonLabel(attempt.reason)}`;
  if (attempt.nextAttemptAt === null) return { words: error, isGood: false };
  const next = formatDuration(Math.max(0, Date.parse(attempt.nextAttemptAt) - now.getTime()));
  return { words: `${error}. Next attempt in ${next}`, isGood: false };
}

function hasAttempts({ attempts, test }: EventExecutionView): boolean {
  return !test && attempts.length > 0;
}
