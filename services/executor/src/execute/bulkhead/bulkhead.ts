import type { CircuitReport, DeferralReason } from '#contracts';
import type { Now } from '#database';
import type { Logger } from '#observability';
import type { CatalogHandler } from '../handler-catalog.ts';
import type { Lane } from '../../call/hold.ts';
import { isCounted, type Outcome } from '../../call/outcome.ts';
import { Circuit } from './circuit.ts';
import { ConcurrencyLimiter, type Slot } from './concurrency-limiter.ts';

/** The right to call a handler now. */
export interface Permit {
  /** To be called once the call has ended, or was not made after all. */
  leave(outcome?: Outcome): void;
}

/** The call is to be made later, from the slow lane. */
export interface Refusal {
  readonly refused: Extract<DeferralReason, 'handler_busy' | 'circuit_open'>;
}

/**
 * How long an event may wait for a slot of its handler. Not at all would send every ordinary backlog through the database;
 * for much longer, and a slow handler would take the places of other handlers' events.
 */
const patienceMs = 2_000;
/**
 * Of what waits in the slow lane for one handler, how much may be under way at a time; the rest is for other handlers.
 */
const slowLaneShare = 64;
/**
 * As above, while the handler's circuit is open. A few, so that attempts are used up also where the target stays dead.
 */
const probes = 4;

interface Guard {
  readonly name: string;
  readonly limiter: ConcurrencyLimiter;
  readonly circuit: Circuit;
  openedAt: Date | undefined;
}

/**
 * Keeps a slow or dead target from holding up anything but its own keys. There is one guard for each handler that was
 * called.
 */
export class Bulkhead {
  readonly #now: Now;
  readonly #logger: Logger;
  readonly #guards = new Map<string, Guard>();

  /** @param now The database's clock. */
  constructor(now: Now, logger: Logger) {
    this.#now = now;
    this.#logger = logger;
  }

  /** Asks whether a handler may be called now, and waits a little where it can be expected to be soon. */
  enter({ id, name, maxConcurrency }: CatalogHandler, lane: Lane): Permit | Refusal | Promise<Permit | Refusal> {
    const guard = this.#guard(id, name);
    if (guard.circuit.open && lane === 'fast') return { refused: 'circuit_open' };
    if (guard.circuit.open && lane === 'slow' && guard.limiter.taken >= probes) return { refused: 'circuit_open' };
    const slot = guard.limiter.acquire(maxConcurrency, patienceMs);
    if (slot instanceof Promise) return slot.then((taken) => this.#permit(id, guard, taken));
    return this.#permit(id, guard, slot);
  }

  /** How many keys the slow lane may have under way at a time that wait for one handler. */
  get usualShare(): number {
    return slowLaneShare;
  }

  /** As above by handler id, where it is less. */
  specialShares(): ReadonlyMap<string, number> {
    const shares = [...this.#guards].map(([handlerId, { circuit, limiter }]) => {
      return [handlerId, Math.min(circuit.open ? probes : slowLaneShare, limiter.useful)] as const;
    });
    return new Map(shares.filter(([, share]) => share < slowLaneShare));
  }

  /** The circuits that have ever opened. */
  circuits(): CircuitReport[] {
    return [...this.#guards].flatMap(([handlerId, { circuit, openedAt }]) =>
      openedAt ? [{ handlerId, open: circuit.open, openedAt: openedAt.toISOString(), openings: circuit.openings }] : [],
    );
  }

  #permit(id: string, guard: Guard, slot: Slot | undefined): Permit | Refusal {
    if (!slot) return { refused: 'handler_busy' };
    return {
      leave: (outcome) => {
        guard.limiter.release(slot);
        if (outcome && isCounted(outcome)) this.#record(id, guard, outcome);
      },
    };
  }

  #guard(id: string, name: string): Guard {
    let guard = this.#guards.get(id);
    if (!guard) {
      guard = { name, limiter: new ConcurrencyLimiter(), circuit: new Circuit(), openedAt: undefined };
      this.#guards.set(id, guard);
    }
    return guard;
  }

  #record(handlerId: string, guard: Guard, outcome: Outcome): void {
    // One that refuses what it is sent is alive; calls of it are of use.
    const change = guard.circuit.record(outcome.kind !== 'retryable');
    if (!change) return;
    const fields = { handlerId, handler: guard.name, openings: guard.circuit.openings };
    if (change === 'opened') {
      guard.openedAt = new Date(this.#now());
      this.#logger.warn(fields, 'circuit open: nearly all calls of the handler fail; its events wait in the slow lane');
    } else this.#logger.info(fields, 'circuit closed: the handler answers again');
  }
}
