import type { OperationStanding } from './operation-runs.ts';

/** Items between two looks at whether the operation is still wanted and ours. */
const mostPerPage = 50;
/** Pages in a second, where a page would otherwise be a burst. */
const pagesPerSecond = 10;

/** What is known of an operation, beside how far it is. */
export interface Pace {
  /** Items that go first, and have to succeed; null: none. */
  readonly canary: number | null;
  /** Whether nothing is to be found out any more by those. */
  readonly isJudged: boolean;
  /** Whether nothing is left to begin with. */
  readonly isLast: boolean;
  readonly perSecond: number;
  /** Whether what has begun reports how it ended. */
  readonly hasOutcomes: boolean;
  /** Whether what is begun runs at once, and does not wait for its turn. */
  readonly beginsAtOnce: boolean;
}

export type Step =
  /** Nothing more is to be begun. */
  | { readonly do: 'end'; readonly end: 'cancelled' | 'stopped' | 'done' }
  /** Write down that the first items have succeeded, and ask again. */
  | { readonly do: 'judge' }
  /** Ask again when there may be outcomes. */
  | { readonly do: 'wait' }
  /** Begin with further items. */
  | { readonly do: 'release'; readonly most: number };

/** What an operation does next: a pure rule, of what is known now. */
export function nextStep(pace: Pace, standing: OperationStanding): Step {
  const { canary, isJudged, isLast, perSecond, hasOutcomes } = pace;
  const { wanted, succeeded, failed, outstanding } = standing;
  if (!wanted) return { do: 'end', end: 'cancelled' };
  if (!isJudged) {
    if (failed > 0) return { do: 'end', end: 'stopped' };
    if (succeeded >= canary! || (isLast && outstanding === 0)) return { do: 'judge' };
  }
  if (isLast && (!hasOutcomes || outstanding === 0)) return { do: 'end', end: 'done' };
  const room = roomFor(pace, standing);
  if (isLast || room <= 0) return { do: 'wait' };
  const pageSize = Math.min(mostPerPage, Math.max(1, Math.ceil(perSecond / pagesPerSecond)));
  return { do: 'release', most: Math.min(pageSize, room) };
}

/** How many more items may be begun now. */
function roomFor(
  { isJudged, canary, perSecond, beginsAtOnce }: Pace,
  { succeeded, outstanding }: OperationStanding,
): number {
  if (!isJudged) return canary! - succeeded - outstanding;
  // What could not begin in time would begin in a burst.
  return beginsAtOnce ? Math.max(2 * perSecond, mostPerPage) - outstanding : Infinity;
}
