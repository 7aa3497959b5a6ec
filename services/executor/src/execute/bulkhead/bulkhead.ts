import type { CircuitReport, DeferralReason } from '#contracts';
import type { Now } from '#database';
import type { Logger } from '#observability';
import type { CatalogHandler, CatalogTarget, HandlerCatalog } from '../handler-catalog.ts';
import type { Lane } from '../../call/hold.ts';
import { isCounted, type Outcome } from '../../call/outcome.ts';
import { Circuit } from './circuit.ts';
import { ConcurrencyLimiter, type Slot } from './concurrency-limiter.ts';
import type { Allotments } from './fleet/allotments.ts';
import type { Pace } from './fleet/pace-statement.ts';
import type { Paces } from './fleet/paces.ts';
import type { Holds } from './holds.ts';

/** The right to call a handler now. */
export interface Permit {
  /** To be called once the call has ended, or was not made after all. */
  leave(outcome?: Outcome): void;
}

/** The call is to be made later, from the slow lane. */
export interface Refusal {
  readonly refused: Extract<DeferralReason, 'handler_busy' | 'circuit_open' | 'held' | 'rate_limited'>;
  /** The handler or target whose hold it is, with `held`. */
  readonly heldBy?: string;
}

/**
 * How long an event may wait for a slot of its handler, or for its target. Not at all would send every ordinary backlog
 * through the database; for much longer, and a slow handler would take the places of other handlers' events.
 */
const patienceMs = 2_000;
/** As above in the slow lane, for its target: an event that goes back would be taken up again at once. */
const slowPatienceMs = 10_000;
/** The share of slow-lane slots for one handler, or for all handlers of a target; the rest is for others. */
const slowLaneShare = 64;
/**
 * As above, where calls are short: so much is called within a quarter of a second, and further keys are claimed ahead.
 */
const quickShare = 512;
/**
 * As above, while the circuit is open. A few, so that attempts are used up also where the target stays dead.
 */
const probes = 4;
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

/** What handlers call: a target, or what one of them calls alone. */
interface Way {
  /** Of the target, or of the handler. */
  readonly id: string;
  readonly isTarget: boolean;
  name: string;
  readonly circuit: Circuit;
  openedAt: Date | undefined;
  /** Calls in flight. */
  calls: number;
  /** Calls that wait for the limits of the target. */
  waiting: number;
  /** Handlers that were called. */
  readonly guards: Set<Guard>;
}

interface Guard {
  readonly limiter: ConcurrencyLimiter;
  way: Way;
  /** Slots that are taken while their calls wait for the target. */
  paused: number;
}

/** A target whose calls are limited for all executors together. */
type LimitedTarget = Pick<CatalogTarget, 'id' | 'rate' | 'maxConcurrency'>;

export interface BulkheadParts {
  /** The catalog in force. */
  catalog: () => Pick<HandlerCatalog, 'handler' | 'targets'>;
  holds: Pick<Holds, 'heldBy'>;
  paces: Pick<Paces, 'take' | 'expectedWaitMs' | 'ratesChanged'>;
  allotments: Pick<Allotments, 'acquire' | 'release' | 'expectedWaitMs' | 'limitsChanged'>;
  /** The database's clock. */
  now: Now;
  logger: Logger;
}

/**
 * Keeps a slow or dead target from holding up anything but its own keys, and keeps to what people have said of calling
 * it. There is one guard for each handler that was called, and one circuit for each target.
 */
export class Bulkhead {
  readonly #parts: BulkheadParts;
  /** By handler. */
  readonly #guards = new Map<string, Guard>();
  /** By target, or by handler where it calls no target. */
  readonly #ways = new Map<string, Way>();

  constructor(parts: BulkheadParts) {
    this.#parts = parts;
  }

  /**
   * Asks whether a handler may be called now, and waits a little where it can be expected to be soon.
   *
   * @param urgent True when a person wants the call made, whatever the circuit says.
   * @param isTest True when it is a test: holds and the limits of the target do not apply.
   */
  enter(
    handler: CatalogHandler,
    lane: Lane,
    urgent: boolean,
    isTest: boolean,
  ): Permit | Refusal | Promise<Permit | Refusal> {
    const heldBy = isTest ? undefined : this.#parts.holds.heldBy(handler);
    if (heldBy !== undefined) return { refused: 'held', heldBy };
    const guard = this.#guard(handler);
    const mostCalls = urgent ? Infinity : lane === 'fast' ? 0 : probes;
    if (guard.way.circuit.open && guard.way.calls >= mostCalls) return { refused: 'circuit_open' };
    const target = isTest ? undefined : this.#limited(handler.target);
    if (target) return this.#enterLimited(handler, target, guard, lane, mostCalls);
    const slot = guard.limiter.acquire(handler.maxConcurrency, patienceMs);
    if (!(slot instanceof Promise)) return slot ? this.#permit(guard, slot) : { refused: 'handler_busy' };
    return slot.then((taken) => {
      if (!taken) return { refused: 'handler_busy' };
      const refusal = this.#refusalAfterWait(handler, guard, mostCalls, isTest);
      if (!refusal) return this.#permit(guard, taken);
      guard.limiter.giveBack(taken);
      return refusal;
    });
  }

  /** The share of a handler that was not called yet. */
  readonly usualShare = upTo(slowLaneShare);

  /** The shares of the others, by the id of a handler, or of a target. */
  get shares(): ReadonlyMap<string, Share> {
    const shares = new Map<string, Share>();
    for (const [id, guard] of this.#guards) shares.set(id, shareOfHandler(guard));
    for (const way of this.#ways.values()) if (way.isTarget) shares.set(way.id, this.#shareOfTarget(way.id));
    for (const target of this.#parts.catalog().targets.values()) {
      if (!shares.has(target.id) && isLimited(target)) shares.set(target.id, this.#shareOfTarget(target.id));
    }
    return shares;
  }

  /** To be called when a catalog has come into force: its limits apply to calls that wait already. */
  limitsChanged(): void {
    const { catalog, paces, allotments } = this.#parts;
    const { targets } = catalog();
    paces.ratesChanged((id) => {
      const rate = targets.get(id)?.rate;
      return rate ? paceOf(id, rate) : undefined;
    });
    allotments.limitsChanged((id) => targets.get(id)?.maxConcurrency ?? null);
  }

  /** How many keys are worth processing at a time, by target, where its calls are limited. */
  get limits(): ReadonlyMap<string, number> {
    const targets = [...this.#parts.catalog().targets.values()].filter(isLimited);
    return new Map(targets.map((target) => [target.id, mostKeysOf(target)]));
  }

  /** @param id Of a handler, or of a target. */
  shareOf(id: string): Share {
    const guard = this.#guards.get(id);
    if (guard) return shareOfHandler(guard);
    return this.#ways.has(id) || this.#parts.catalog().targets.has(id) ? this.#shareOfTarget(id) : this.usualShare;
  }

  /** The target that a handler calls. */
  targetOf(handlerId: string): string | undefined {
    return this.#parts.catalog().handler(handlerId)?.target?.id;
  }

  /** The circuits that have ever opened. */
  circuits(): CircuitReport[] {
    return [...this.#ways.values()].flatMap(({ id, isTarget, circuit, openedAt }) =>
      openedAt
        ? [
            {
              ...(isTarget ? { targetId: id } : { handlerId: id }),
              open: circuit.open,
              openedAt: openedAt.toISOString(),
              openings: circuit.openings,
            },
          ]
        : [],
    );
  }

  /** The limits that apply now, whatever catalog the event began with; undefined when there are none. */
  #limited(target: CatalogTarget | undefined): LimitedTarget | undefined {
    if (!target) return undefined;
    const current = this.#parts.catalog().targets.get(target.id) ?? target;
    return isLimited(current) ? current : undefined;
  }

  /** As {@link enter}, where all executors together keep limits. */
  async #enterLimited(
    handler: CatalogHandler,
    target: LimitedTarget,
    guard: Guard,
    lane: Lane,
    mostCalls: number,
  ): Promise<Permit | Refusal> {
    const isPatient = lane === 'slow';
    const { limiter, way } = guard;
    if (!isPatient && this.#expectedWaitMs(target, way) > patienceMs) return { refused: 'rate_limited' };
    way.waiting++;
    const slot = await limiter.acquire(handler.maxConcurrency, patienceMs);
    if (!slot) {
      way.waiting--;
      // Its slots may be taken by calls that wait for the target.
      return { refused: guard.paused > 0 ? 'rate_limited' : 'handler_busy' };
    }
    limiter.pause(slot);
    guard.paused++;
    const isAdmitted = await this.#admitted(target, isPatient ? slowPatienceMs : patienceMs, isPatient);
    guard.paused--;
    way.waiting--;
    const refusal: Refusal | undefined = isAdmitted
      ? this.#refusalAfterWait(handler, guard, mostCalls, false)
      : { refused: 'rate_limited' };
    if (!refusal) {
      limiter.begin(slot);
      return this.#permit(guard, slot, target.maxConcurrency === null ? undefined : target.id);
    }
    limiter.giveBack(slot);
    if (isAdmitted && target.maxConcurrency !== null) this.#parts.allotments.release(target.id);
    return refusal;
  }

  /** Waits for a slot of the target, and then for its pace: a slot of that lapses when it is not used. */
  async #admitted(target: LimitedTarget, mostMs: number, isPatient: boolean): Promise<boolean> {
    const { allotments, paces } = this.#parts;
    const { id, maxConcurrency, rate } = target;
    const startedAt = performance.now();
    if (maxConcurrency !== null && !(await allotments.acquire(id, maxConcurrency, mostMs))) return false;
    if (!rate) return true;
    const leftMs = Math.max(mostMs - (performance.now() - startedAt), 0);
    if (await paces.take(paceOf(id, rate), leftMs, isPatient)) return true;
    if (maxConcurrency !== null) allotments.release(id);
    return false;
  }

  #expectedWaitMs({ id, rate, maxConcurrency }: LimitedTarget, { waiting }: Way): number {
    const { allotments, paces } = this.#parts;
    const forSlot = maxConcurrency === null ? 0 : allotments.expectedWaitMs(id, waiting);
    return Math.max(forSlot, rate ? paces.expectedWaitMs(paceOf(id, rate), waiting) : 0);
  }

  /** Calls before it may have opened the circuit while it waited, and a hold may have begun. */
  #refusalAfterWait(handler: CatalogHandler, { way }: Guard, mostCalls: number, isTest: boolean): Refusal | undefined {
    const heldBy = isTest ? undefined : this.#parts.holds.heldBy(handler);
    if (heldBy !== undefined) return { refused: 'held', heldBy };
    return way.circuit.open && way.calls >= mostCalls ? { refused: 'circuit_open' } : undefined;
  }

  /** @param allotted The target of which a slot was taken. */
  #permit(guard: Guard, slot: Slot, allotted?: string): Permit {
    const { way } = guard;
    way.calls++;
    return {
      leave: (outcome) => {
        way.calls--;
        guard.limiter.release(slot);
        if (allotted !== undefined) {
          this.#parts.allotments.release(allotted, outcome && performance.now() - slot.begunAt);
        }
        if (outcome && isCounted(outcome)) this.#record(way, outcome);
      },
    };
  }

  #guard({ id, name, target }: CatalogHandler): Guard {
    const wayId = target?.id ?? id;
    let guard = this.#guards.get(id);
    if (guard?.way.id === wayId) return guard;
    guard?.way.guards.delete(guard);
    const way = this.#way(wayId, target?.name ?? name, target !== undefined);
    guard = guard ? Object.assign(guard, { way }) : { limiter: new ConcurrencyLimiter(), way, paused: 0 };
    way.guards.add(guard);
    this.#guards.set(id, guard);
    return guard;
  }

  #way(id: string, name: string, isTarget: boolean): Way {
    let way = this.#ways.get(id);
    if (!way) {
      way = {
        id,
        isTarget,
        name,
        circuit: new Circuit(),
        openedAt: undefined,
        calls: 0,
        waiting: 0,
        guards: new Set(),
      };
      this.#ways.set(id, way);
    }
    way.name = name;
    return way;
  }

  /** All handlers of a target have one share: however many there are, they leave room for others. */
  #shareOfTarget(id: string): Share {
    const way = this.#ways.get(id);
    if (way?.circuit.open) return upTo(probes);
    const shares = [...(way?.guards ?? [])].map(shareOfHandler);
    const largest = shares.reduce((one, other) => (other.most > one.most ? other : one), shares[0] ?? this.usualShare);
    const target = this.#parts.catalog().targets.get(id);
    return target ? noMoreThan(largest, mostKeysOf(target)) : largest;
  }

  #record(way: Way, outcome: Outcome): void {
    // A target that refuses requests is alive, so calling it makes sense.
    const change = way.circuit.record(outcome.kind !== 'retryable');
    if (!change) return;
    const { now, logger } = this.#parts;
    const { id, name, isTarget, circuit } = way;
    const { openings } = circuit;
    const fields = isTarget ? { targetId: id, target: name, openings } : { handlerId: id, handler: name, openings };
    if (change === 'opened') {
      way.openedAt = new Date(now());
      if (isTarget) logger.warn(fields, 'circuit breaker opened: most calls of the target fail; its events wait');
      else logger.warn(fields, 'circuit breaker opened: most calls of the handler fail; its events wait');
    } else if (isTarget) logger.info(fields, 'circuit breaker closed: the target responds again');
    else logger.info(fields, 'circuit breaker closed: the handler responds again');
  }
}

function isLimited({ rate, maxConcurrency }: LimitedTarget): boolean {
  return rate !== null || maxConcurrency !== null;
}

/** How many keys are worth processing at a time: what waits for the target needs no place. */
function mostKeysOf({ rate, maxConcurrency }: LimitedTarget): number {
  const ofRate = rate ? Math.max(Math.ceil(pacedShareSeconds * rate.perSecond), 1) : Infinity;
  return Math.min(ofRate, maxConcurrency === null ? Infinity : 2 * maxConcurrency);
}

function paceOf(id: string, { perSecond, burst }: NonNullable<LimitedTarget['rate']>): Pace {
  return { id, purpose: 'rate', perSecond, burst };
}

function shareOfHandler({ way, limiter }: Guard): Share {
  const { useful, isQuick } = limiter;
  if (way.circuit.open) return upTo(Math.min(probes, useful));
  if (!isQuick) return upTo(Math.min(slowLaneShare, useful));
  return refilledAtHalf(Math.min(quickShare, useful));
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
