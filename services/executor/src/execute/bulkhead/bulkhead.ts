import type { CircuitReport, DeferralReason } from '#contracts';
import type { Now } from '#database';
import type { Logger } from '#observability';
import type { CatalogHandler, CatalogTarget, HandlerCatalog } from '../handler-catalog.ts';
import type { Lane } from '../../call/call.ts';
import type { Outcome } from '../../call/outcome.ts';
import { isCounted } from '../judgement.ts';
import { Circuit } from './circuit.ts';
import { ConcurrencyLimiter, type Slot } from './concurrency-limiter.ts';
import type { Holds } from './holds.ts';
import { mostKeysOf, probes, shareOfHandler, shareOfTarget, usualShare, type Share } from './share.ts';
import { isLimited, TargetLimits, type LimitedTarget, type TargetLimitsParts } from './target-limits.ts';

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

export interface BulkheadParts extends TargetLimitsParts {
  /** The catalog in force. */
  catalog: { readonly current: Pick<HandlerCatalog, 'handler' | 'targets'> };
  holds: Pick<Holds, 'heldBy'>;
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
  readonly #limits: TargetLimits;
  /** By handler. */
  readonly #guards = new Map<string, Guard>();
  /** By target, or by handler where it calls no target. */
  readonly #ways = new Map<string, Way>();

  constructor(parts: BulkheadParts) {
    this.#parts = parts;
    this.#limits = new TargetLimits(parts);
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
  readonly usualShare = usualShare;

  /** The shares of the others, by the id of a handler, or of a target. */
  get shares(): ReadonlyMap<string, Share> {
    const shares = new Map<string, Share>();
    for (const [id, guard] of this.#guards) shares.set(id, shareOf(guard));
    for (const way of this.#ways.values()) if (way.isTarget) shares.set(way.id, this.#shareOfTarget(way.id));
    for (const target of this.#parts.catalog.current.targets.values()) {
      if (!shares.has(target.id) && isLimited(target)) shares.set(target.id, this.#shareOfTarget(target.id));
    }
    return shares;
  }

  /** To be called when a catalog has come into force: its limits apply to calls that wait already. */
  limitsChanged(): void {
    this.#limits.changed(this.#parts.catalog.current.targets);
  }

  /** How many keys are worth processing at a time, by target, where its calls are limited. */
  get limits(): ReadonlyMap<string, number> {
    const targets = [...this.#parts.catalog.current.targets.values()].filter(isLimited);
    return new Map(targets.map((target) => [target.id, mostKeysOf(target)]));
  }

  /** @param id Of a handler, or of a target. */
  shareOf(id: string): Share {
    const guard = this.#guards.get(id);
    if (guard) return shareOf(guard);
    return this.#ways.has(id) || this.#parts.catalog.current.targets.has(id) ? this.#shareOfTarget(id) : usualShare;
  }

  /** The target that a handler calls. */
  targetOf(handlerId: string): string | undefined {
    return this.#parts.catalog.current.handler(handlerId)?.target?.id;
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
    const current = this.#parts.catalog.current.targets.get(target.id) ?? target;
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
    if (!isPatient && this.#limits.expectedWaitMs(target, way.waiting) > patienceMs) return { refused: 'rate_limited' };
    way.waiting++;
    const slot = await limiter.acquire(handler.maxConcurrency, patienceMs);
    if (!slot) {
      way.waiting--;
      // Its slots may be taken by calls that wait for the target.
      return { refused: guard.paused > 0 ? 'rate_limited' : 'handler_busy' };
    }
    limiter.pause(slot);
    guard.paused++;
    const isAdmitted = await this.#limits.admit(target, isPatient ? slowPatienceMs : patienceMs, isPatient);
    guard.paused--;
    way.waiting--;
    const refusal: Refusal | undefined = isAdmitted
      ? this.#refusalAfterWait(handler, guard, mostCalls, false)
      : { refused: 'rate_limited' };
    if (!refusal) {
      limiter.begin(slot);
      return this.#permit(guard, slot, target);
    }
    limiter.giveBack(slot);
    if (isAdmitted) this.#limits.release(target);
    return refusal;
  }

  /** Calls before it may have opened the circuit while it waited, and a hold may have begun. */
  #refusalAfterWait(handler: CatalogHandler, { way }: Guard, mostCalls: number, isTest: boolean): Refusal | undefined {
    const heldBy = isTest ? undefined : this.#parts.holds.heldBy(handler);
    if (heldBy !== undefined) return { refused: 'held', heldBy };
    return way.circuit.open && way.calls >= mostCalls ? { refused: 'circuit_open' } : undefined;
  }

  /** @param target The one that has admitted the call. */
  #permit(guard: Guard, slot: Slot, target?: LimitedTarget): Permit {
    const { way } = guard;
    way.calls++;
    return {
      leave: (outcome) => {
        way.calls--;
        guard.limiter.release(slot);
        if (target) this.#limits.release(target, outcome && performance.now() - slot.begunAt);
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

  #shareOfTarget(id: string): Share {
    const way = this.#ways.get(id);
    const handlers = [...(way?.guards ?? [])].map(shareOf);
    return shareOfTarget(way?.circuit.open ?? false, handlers, this.#parts.catalog.current.targets.get(id));
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

function shareOf({ way, limiter }: Guard): Share {
  return shareOfHandler(way.circuit.open, limiter);
}
