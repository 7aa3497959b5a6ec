import type { CatalogTarget } from '../handler-catalog.ts';

// How many of the waiting keys the slow lane may process at a time, as pure rules.

/** The share of slow-lane slots for one handler, or for all handlers of a target; the rest is for others. */
const slowLaneShare = 64;
/**
 * As above, where calls are short: so much is called within a quarter of a second, and further keys are claimed ahead.
 */
const quickShare = 512;
/**
 * As above, while the circuit is open. A few, so that attempts are used up also where the target stays dead.
 */
export const probes = 4;
/**
 * As above, where a pace is kept: so much as begins in this time. The keys of an executor that dies wait for the end of
 * their lease, so that it must not have many of them.
 */
const pacedShareSeconds = 0.5;

/** How many of the keys that wait for a handler, or a target, the slow lane may process at a time. */
export interface Share {
  readonly most: number;
  /**
   * Further keys are claimed when at most this number is in progress: many at once, but before the handler runs out of
   * calls.
   */
  readonly refillAt: number;
}

/** The share of a handler that was not called yet. */
export const usualShare = upTo(slowLaneShare);

/** The share of a handler, by the state of its circuit and by how many calls are worth having at hand. */
export function shareOfHandler(isOpen: boolean, { useful, isQuick }: { useful: number; isQuick: boolean }): Share {
  if (isOpen) return upTo(Math.min(probes, useful));
  if (!isQuick) return upTo(Math.min(slowLaneShare, useful));
  return refilledAtHalf(Math.min(quickShare, useful));
}

/** All handlers of a target have one share: however many there are, they leave room for others. */
export function shareOfTarget(
  isOpen: boolean,
  handlers: readonly Share[],
  limits: Pick<CatalogTarget, 'rate' | 'maxConcurrency'> | undefined,
): Share {
  if (isOpen) return upTo(probes);
  const largest = handlers.reduce((one, other) => (other.most > one.most ? other : one), handlers[0] ?? usualShare);
  return limits ? noMoreThan(largest, mostKeysOf(limits)) : largest;
}

/** How many keys of a target are worth processing at a time: what waits for the target needs no place. */
export function mostKeysOf({ rate, maxConcurrency }: Pick<CatalogTarget, 'rate' | 'maxConcurrency'>): number {
  const ofRate = rate ? Math.max(Math.ceil(pacedShareSeconds * rate.perSecond), 1) : Infinity;
  return Math.min(ofRate, maxConcurrency === null ? Infinity : 2 * maxConcurrency);
}

/** Up to this number; each one that ends makes room for another. */
function upTo(most: number): Share {
  return { most, refillAt: most - 1 };
}

function refilledAtHalf(most: number): Share {
  return { most, refillAt: most >> 1 };
}

/** @param most Need not be whole; at least one key may be processed. */
export function noMoreThan(share: Share, most: number): Share {
  const whole = Math.max(Math.ceil(most), 1);
  if (share.most <= whole) return share;
  return whole === 1 ? upTo(1) : refilledAtHalf(whole);
}
