import type { DeferralRecord } from '../deferral/deferred-event.ts';
import type { EventResumer } from '../deferral/deferral-worker.ts';
import type { Lease } from '../deferral/lease.ts';
import type { Settlement } from '../deferral/settlement.ts';
import type { ExecutorMetrics } from './executor-metrics.ts';

/** Goes on with what waited, and counts what came to its end. */
export class MeasuredResumer implements EventResumer {
  readonly #resumer: EventResumer;
  readonly #metrics: ExecutorMetrics;

  constructor(resumer: EventResumer, metrics: ExecutorMetrics) {
    this.#resumer = resumer;
    this.#metrics = metrics;
  }

  async resume(record: DeferralRecord, lease: Lease): Promise<Settlement> {
    const settlement = await this.#resumer.resume(record, lease);
    if (settlement.kind === 'ended') this.#metrics.resumed(settlement.failed);
    return settlement;
  }
}
