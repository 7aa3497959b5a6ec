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
 * How long an event may wait for a slot of its handler. Not at all would send every ordinary backlog through the
 * database; for much longer, and a slow handler would take the places of other handlers' events.
 */
const patienceMs = 2_000;
/** The share of slow-lane slots for one handler; the rest is for other handlers. */
const slowLaneShare = 64;
/**
 * As above, where calls are short: so much is called within a quarter of a second, and further keys are claimed ahead.
 */
const quickShare = 512;
/**
 * As above, while the handler's circuit is open. A few, so that attempts are used up also where the target stays dead.
 */
const probes = 4;

/** How many of the keys that wait for a handler the slow lane may process at a time. */
export interface Share {
  readonly most: number;
  /**
   * Further keys are claimed when at most this number is in progress: many at once, but before the handler runs out of
   * calls.
   */
  readonly refillAt: number;
}

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

  /**
   * Asks whether a handler may be called now, and waits a little where it can be expected to be soon.
   *
   * @param urgent True when a person wants the call made, whatever the circuit says.
   */
  enter(
    { id, name, maxConcurrency }: CatalogHandler,
    lane: Lane,
    urgent: boolean,
  ): Permit | Refusal | Promise<Permit | Refusal> {
    const guard = this.#guard(id, name);
    const mostCalls = urgent ? Infinity : lane === 'fast' ? 0 : probes;
    if (guard.circuit.open && guard.limiter.taken >= mostCalls) return { refused: 'circuit_open' };
    const slot = guard.limiter.acquire(maxConcurrency, patienceMs);
    if (!(slot instanceof Promise)) return this.#permit(id, guard, slot);
    return slot.then((taken) => {
      // Calls before it may have opened the circuit while it waited.
      if (!taken || !guard.circuit.open || guard.limiter.taken <= mostCalls) return this.#permit(id, guard, taken);
      guard.limiter.release(taken);
      return { refused: 'circuit_open' };
    });
  }

  /** The share of a handler that was not called yet. */
  readonly usualShare = upTo(slowLaneShare);

  /** The shares of the others, by handler id. */
  get shares(): ReadonlyMap<string, Share> {
    return new Map([...this.#guards].map(([handlerId, guard]) => [handlerId, shareOf(guard)]));
  }

  shareOf(handlerId: string): Share {
    const guard = this.#guards.get(handlerId);
    return guard ? shareOf(guard) : this.usualShare;
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
    // A target that refuses requests is alive, so calling it makes sense.
    const change = guard.circuit.record(outcome.kind !== 'retryable');
    if (!change) return;
    const fields = { handlerId, handler: guard.name, openings: guard.circuit.openings };
    if (change === 'opened') {
      guard.openedAt = new Date(this.#now());
      this.#logger.warn(fields, 'circuit breaker opened: most calls of the handler fail; its events wait');
    } else this.#logger.info(fields, 'circuit breaker closed: the handler responds again');
  }
}

function shareOf({ circuit, limiter }: Guard): Share {
  const { useful, isQuick } = limiter;
  if (circuit.open) return upTo(Math.min(probes, useful));
  if (!isQuick) return upTo(Math.min(slowLaneShare, useful));
  const most = Math.min(quickShare, useful);
  return { most, refillAt: most >> 1 };
}

/** Up to this number; each one that ends makes room for another. */
function upTo(most: number): Share {
  return { most, refillAt: most - 1 };
}
