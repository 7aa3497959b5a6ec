/** An executor that calls a target, and how many calls it could have in flight. */
export interface Claimant {
  readonly executorId: string;
  readonly wanted: number;
}

/** How many calls an executor may have in flight, and what it could use. */
export interface Allotment extends Claimant {
  readonly slots: number;
}

/**
 * Shares slots out so that the smallest share is as large as it can be (max-min fairness): no executor gets more than
 * it wants, and those that want more than the others leave share the rest evenly.
 *
 * @param turn Decides who gets what cannot be shared evenly. When it grows, others do.
 */
export function fairShares(capacity: number, claimants: readonly Claimant[], turn: number): Map<string, number> {
  const count = claimants.length;
  const byId = [...claimants].sort((a, b) => (a.executorId < b.executorId ? -1 : 1));
  const ranked = byId.map((claimant, index) => ({ ...claimant, rank: (index + turn) % count }));
  ranked.sort((a, b) => a.wanted - b.wanted || a.rank - b.rank);
  const shares = new Map<string, number>();
  let left = capacity;
  for (const [index, { executorId, wanted }] of ranked.entries()) {
    const share = Math.min(wanted, Math.floor(left / (count - index)));
    shares.set(executorId, share);
    left -= share;
  }
  return shares;
}

/** One executor's part in the calls of a target. */
export interface Part extends Claimant {
  readonly inFlight: number;
}

/** The slots of an executor from now on. */
export interface NextSlots {
  /** How many calls it may have in flight: none is begun beyond. */
  readonly most: number;
  /** How many slots are its own until its calls have ended. */
  readonly held: number;
}

/**
 * The slots of an executor from now on: its fair share, but no more than the others have left free. What others have
 * above their shares becomes free when their calls end.
 *
 * @param others The allotments in force.
 */
export function nextSlots(capacity: number, mine: Part, others: readonly Allotment[], turn: number): NextSlots {
  const share = fairShares(capacity, [mine, ...others], turn).get(mine.executorId)!;
  const free = capacity - others.reduce((sum, { slots }) => sum + slots, 0);
  const most = Math.min(share, Math.max(free, 0));
  return { most, held: Math.max(mine.inFlight, most) };
}
