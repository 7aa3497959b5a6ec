import type { CatalogTarget } from '../handler-catalog.ts';
import type { Allotments } from './fleet/allotments.ts';
import type { Pace } from './fleet/pace-statement.ts';
import type { Paces } from './fleet/paces.ts';

/** A target whose calls are limited for all executors together. */
export type LimitedTarget = Pick<CatalogTarget, 'id' | 'rate' | 'maxConcurrency'>;

export interface TargetLimitsParts {
  paces: Pick<Paces, 'take' | 'expectedWaitMs' | 'ratesChanged'>;
  allotments: Pick<Allotments, 'acquire' | 'release' | 'expectedWaitMs' | 'limitsChanged'>;
}

/** The limits of targets, which all executors keep together. */
export class TargetLimits {
  readonly #parts: TargetLimitsParts;

  constructor(parts: TargetLimitsParts) {
    this.#parts = parts;
  }

  /** Waits for a slot of the target, and then for its pace: a slot of that lapses when it is not used. */
  async admit(target: LimitedTarget, mostMs: number, isPatient: boolean): Promise<boolean> {
    const { allotments, paces } = this.#parts;
    const { id, maxConcurrency, rate } = target;
    const startedAt = performance.now();
    if (maxConcurrency !== null && !(await allotments.acquire(id, maxConcurrency, mostMs))) return false;
    if (!rate) return true;
    const leftMs = Math.max(mostMs - (performance.now() - startedAt), 0);
    if (await paces.take(paceOf(id, rate), leftMs, isPatient)) return true;
    this.release(target);
    return false;
  }

  /**
   * Gives back what a call was admitted with.
   *
   * @param callMs How long the call took; undefined when it was not made.
   */
  release({ id, maxConcurrency }: LimitedTarget, callMs?: number): void {
    if (maxConcurrency !== null) this.#parts.allotments.release(id, callMs);
  }

  /** @param waiting Calls that wait already. */
  expectedWaitMs({ id, rate, maxConcurrency }: LimitedTarget, waiting: number): number {
    const { allotments, paces } = this.#parts;
    const forSlot = maxConcurrency === null ? 0 : allotments.expectedWaitMs(id, waiting);
    return Math.max(forSlot, rate ? paces.expectedWaitMs(paceOf(id, rate), waiting) : 0);
  }

  /** Has changed limits apply to calls that wait already. */
  changed(targets: ReadonlyMap<string, LimitedTarget>): void {
    this.#parts.paces.ratesChanged((id) => {
      const rate = targets.get(id)?.rate;
      return rate ? paceOf(id, rate) : undefined;
    });
    this.#parts.allotments.limitsChanged((id) => targets.get(id)?.maxConcurrency ?? null);
  }
}

export function isLimited({ rate, maxConcurrency }: LimitedTarget): boolean {
  return rate !== null || maxConcurrency !== null;
}

function paceOf(id: string, { perSecond, burst }: NonNullable<LimitedTarget['rate']>): Pace {
  return { id, purpose: 'rate', perSecond, burst };
}
