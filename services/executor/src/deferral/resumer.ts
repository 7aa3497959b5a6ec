import type { Tracer } from '#observability';
import type { HandlerCatalog } from '../catalog/handler-catalog.ts';
import type { Chain } from '../dispatch/chain.ts';
import type { Gate } from '../dispatch/gate.ts';
import { begin, catchUp } from '../dispatch/progress.ts';
import type { Run } from '../dispatch/run.ts';
import { deferralRow } from '../journal/journal.ts';
import { resumedSpan, tellEnd, tellPlan } from '../traces/event-span.ts';
import { runOf, type DeferralRecord } from './deferred-event.ts';
import type { EventResumer } from './deferral-worker.ts';
import type { Lease } from './lease.ts';
import { settlementOf, type Settlement } from './settlement.ts';

/** Sees to it that the attempts of a run are in the journal. */
export interface AttemptJournal {
  attemptsCommitted(run: Run): Promise<void>;
}

export interface ResumerParts {
  catalog: () => HandlerCatalog;
  gate: Gate;
  chain: Chain;
  journal: AttemptJournal;
  /** While traces are on. */
  tracer: Tracer | undefined;
}

/** Goes on with an event that waited, where it was left. */
export class Resumer implements EventResumer {
  readonly #parts: ResumerParts;

  constructor(parts: ResumerParts) {
    this.#parts = parts;
  }

  async resume(record: DeferralRecord, lease: Lease): Promise<Settlement> {
    const { tracer } = this.#parts;
    const catalog = this.#parts.catalog();
    const run = runOf(record, catalog.revision);
    if (!tracer) return this.#resume(run, catalog, record, lease);
    const span = resumedSpan(tracer, run, lease.lane);
    try {
      return await this.#resume({ ...run, span }, catalog, record, lease);
    } catch (error) {
      span.fail(lease.signal.aborted ? 'lease_lost' : 'internal_error');
      throw error;
    } finally {
      span.end();
    }
  }

  async #resume(run: Run, catalog: HandlerCatalog, record: DeferralRecord, lease: Lease): Promise<Settlement> {
    const { gate, chain, journal } = this.#parts;
    // Whoever had it before may have died before it could say how far it had come.
    const known = await gate.executionsOf(run);
    const progress = record.progress ?? begin(catalog, run);
    catchUp(progress, known);
    if (run.span) tellPlan(run.span, progress, catalog.revision);
    const { detached } = lease;
    const end = await chain.run({ run, progress, catalog, known, detached, giveUp: record.give_up }, lease);
    await journal.attemptsCommitted(run);
    lease.assertOurs();
    if (run.span) tellEnd(run.span, end);
    const rows = end.detached.map((deferral) => deferralRow(run, record.journal_id, deferral));
    return settlementOf(lease, record, end, rows);
  }
}
