import { executionId, type BillingEvent } from '#contracts';
import type { Logger } from '#observability';
import type { CatalogHandler, HandlerCatalog } from '../catalog/handler-catalog.ts';
import type { AttemptMaker } from './attempt-maker.ts';
import { verdict } from './failure-policy.ts';
import type { Gate, KnownExecution } from './gate.ts';
import type { Hold } from './hold.ts';
import type { Run } from './run.ts';

/** What becomes of an event is written down here, before its message is acknowledged. */
export interface EventRecorder {
  /** Resolves when the event and all its attempts are committed. */
  recordEvent(
    run: Run,
    status: 'succeeded' | 'failed' | 'duplicate',
    skipped: readonly CatalogHandler[],
  ): Promise<void>;
}

export interface DispatcherParts {
  catalog: () => HandlerCatalog;
  gate: Gate;
  attempts: AttemptMaker;
  recorder: EventRecorder;
  logger: Logger;
}

/** Runs the plan of an event: its handlers, one after another, in priority order. */
export class Dispatcher {
  readonly #parts: DispatcherParts;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  /**
   * Resolves when nothing is left to be done for this delivery of the event and all of it is in the journal.
   *
   * @param redelivered Whether the event may have been begun before.
   * @param hold Rejects with its reason when it is lost.
   */
  async dispatch(event: BillingEvent, redelivered: boolean, hold: Hold): Promise<void> {
    const { gate, recorder, logger } = this.#parts;
    const receivedAt = new Date();
    const admission = await gate.admit(event, redelivered);
    hold.assertOurs();
    // The plan is that of the catalog in force now, whatever comes into force while it runs.
    const catalog = this.#parts.catalog();
    const run: Run = { event, receivedAt, revision: catalog.revision, replay: null, test: false };
    switch (admission.kind) {
      case 'finished':
        return;
      case 'duplicate':
        logger.info({ eventId: event.id, eventType: event.type }, 'duplicate event, not run');
        return recorder.recordEvent(run, 'duplicate', []);
      case 'run': {
        const { failed, skipped } = await this.#runPlan(run, catalog.plan(event.type), admission.executions, hold);
        // Whoever has the event now writes down how it ended.
        hold.assertOurs();
        return recorder.recordEvent(run, failed ? 'failed' : 'succeeded', skipped);
      }
    }
  }

  async #runPlan(
    run: Run,
    plan: readonly CatalogHandler[],
    known: ReadonlyMap<string, KnownExecution>,
    hold: Hold,
  ): Promise<{ failed: boolean; skipped: readonly CatalogHandler[] }> {
    let failed = false;
    for (const [index, handler] of plan.entries()) {
      const status = await this.#execute(run, handler, index + 1, known.get(handler.id), hold);
      failed ||= status === 'failed';
      if (verdict(status, handler.onFailure) === 'stop') return { failed, skipped: plan.slice(index + 1) };
    }
    return { failed, skipped: [] };
  }

  /** Brings one execution to its end, unless it has come to it before. */
  async #execute(
    run: Run,
    handler: CatalogHandler,
    position: number,
    known: KnownExecution | undefined,
    hold: Hold,
  ): Promise<'succeeded' | 'failed'> {
    if (known && known.status !== 'waiting') return known.status;
    hold.assertOurs();
    const { event } = run;
    const id = executionId(event.id, event.occurredAt, handler.id);
    const attempt = (known?.attempts ?? 0) + 1;
    const status = await this.#parts.attempts.make({ run, handler, position, executionId: id, attempt }, hold);
    if (status === 'waiting') throw hold.signal.reason;
    return status;
  }
}
