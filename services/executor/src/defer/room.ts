import type { Places } from './claims.ts';

/** How many of the keys that wait for one handler may be processed at a time. */
interface Share {
  readonly most: number;
  /** Further keys are claimed when at most this number is being processed. */
  readonly refillAt: number;
}

export interface ShareSource {
  /** The share of a handler that is not among the others. */
  readonly usualShare: Share;
  /** By the id of a handler, or of a target, whose handlers take of its share as well. */
  readonly shares: ReadonlyMap<string, Share>;
  /** How many keys are worth processing at a time, by the id of a target that limits its calls. */
  readonly limits: ReadonlyMap<string, number>;
  shareOf(id: string): Share;
  /** The target that a handler calls. */
  targetOf(handlerId: string): string | undefined;
}

/** How what has waited for the end of a hold continues, by the id of the handler or target that was held. */
export interface ReleaseSource {
  isHeld(id: string): boolean;
  /** Milliseconds until a hold begins or ends at its time; Infinity when none does. */
  readonly nextChangeMs: number;
  /** How many keys may wait for their turn at a time. */
  shareOf(id: string): Share;
  /** Waits until one more event may continue; false when none may soon. */
  take(id: string): boolean | Promise<boolean>;
}

export interface RoomParts {
  shares: ShareSource;
  releases: ReleaseSource;
}

/** Keys processed at a time. */
export const mostKeys = 1_024;

/** Knows how many keys are in progress, by what they wait for, and for how many more there is room. */
export class Room {
  readonly #parts: RoomParts;
  #inProgress = 0;
  /** Keys in progress, by the handler that they waited for, and by its target. */
  readonly #byShare = new Counts();
  /** Keys whose next event waits for its turn after a hold, by what was held. */
  readonly #byHold = new Counts();
  /** Handlers and targets whose keys were not looked for, because enough are in progress; or any. */
  #passedOver: ReadonlySet<string> | 'any' = new Set();

  constructor(parts: RoomParts) {
    this.#parts = parts;
  }

  /** How many more keys may be in progress. */
  get left(): number {
    return mostKeys - this.#inProgress;
  }

  /** How many more keys to take up. */
  get places(): Places {
    const { usualShare, shares, limits } = this.#parts.shares;
    const special = new Map<string, number>();
    for (const id of new Set([...shares.keys(), ...this.#byShare.ids])) {
      special.set(id, placesIn(shares.get(id) ?? usualShare, this.#byShare.of(id)));
    }
    const limited = new Map([...limits].map(([id, most]) => [id, Math.max(most - this.#byShare.of(id), 0)]));
    return { usual: usualShare.most, special, limited };
  }

  /** How many more keys to take up that these handlers and targets have held, whose holds are over. */
  releasable(heldBy: readonly string[]): Map<string, number> {
    const places = new Map<string, number>();
    for (const id of heldBy) {
      const more = this.#parts.releases.isHeld(id) ? 0 : this.#releasable(id);
      if (more > 0) places.set(id, more);
    }
    return places;
  }

  /** Notes what the last look has passed over: keys without a place among these, or all. */
  passOver(places: Places | 'any'): void {
    if (places === 'any') this.#passedOver = 'any';
    else this.#passedOver = new Set([...places.special].flatMap(([id, more]) => (more === 0 ? [id] : [])));
  }

  /**
   * Takes a place for a key of a handler.
   *
   * @returns Gives it back, and says whether to look again, since there are places for keys that were passed over.
   */
  take(handlerId: string, heldBy: string | null): () => boolean {
    const targetId = this.#parts.shares.targetOf(handlerId);
    const shares = targetId === undefined ? [handlerId] : [handlerId, targetId];
    this.#inProgress++;
    this.#byShare.add(shares, 1);
    return () => {
      this.#inProgress--;
      this.#byShare.add(shares, -1);
      return this.#mayHavePlaces(shares, heldBy);
    };
  }

  /**
   * Waits for the turn of a key that has waited for a hold.
   *
   * @returns Whether it comes soon, and whether to look for further keys of that hold.
   */
  async turnAfter(heldBy: string): Promise<{ readonly isReleased: boolean; readonly lookAgain: boolean }> {
    const { releases } = this.#parts;
    // Nothing of it is called, so that nothing is to be put off; where it waits is found out as for any event.
    if (releases.isHeld(heldBy)) return { isReleased: true, lookAgain: false };
    this.#byHold.add([heldBy], 1);
    let isReleased = false;
    try {
      isReleased = await releases.take(heldBy);
    } finally {
      this.#byHold.add([heldBy], -1);
    }
    return { isReleased, lookAgain: this.#releasable(heldBy) > 0 };
  }

  /** The share of what was held holds for its keys as well. */
  #releasable(id: string): number {
    const { shares, releases } = this.#parts;
    const { most } = shares.shareOf(id);
    return Math.min(placesIn(releases.shareOf(id), this.#byHold.of(id)), Math.max(most - this.#byShare.of(id), 0));
  }

  #mayHavePlaces(shares: readonly string[], heldBy: string | null): boolean {
    if (this.#passedOver === 'any') return true;
    const { shares: source } = this.#parts;
    if (heldBy !== null && this.#releasable(heldBy) > 0) return true;
    const passedOver = this.#passedOver;
    return shares.some((id) => passedOver.has(id) && placesIn(source.shareOf(id), this.#byShare.of(id)) > 0);
  }
}

/** Counts by id, of which those that are not 0 are kept. */
class Counts {
  readonly #counts = new Map<string, number>();

  get ids(): Iterable<string> {
    return this.#counts.keys();
  }

  of(id: string): number {
    return this.#counts.get(id) ?? 0;
  }

  add(ids: readonly string[], number: number): void {
    for (const id of ids) {
      const count = this.of(id) + number;
      if (count === 0) this.#counts.delete(id);
      else this.#counts.set(id, count);
    }
  }
}

/** How many more keys to take up of a share. */
function placesIn({ most, refillAt }: Share, underWay: number): number {
  return underWay > refillAt ? 0 : most - underWay;
}
