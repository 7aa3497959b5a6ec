import { noHandler, type BillingEvent, type DeferralReason } from '#contracts';
import type { Logger, Span } from '#observability';
import type { HandlerCatalog } from '../catalog/handler-catalog.ts';
import { tellEnd, tellPlan } from '../traces/event-span.ts';
import type { Chain } from './chain.ts';
import type { EventEnd } from './deferral.ts';
import type { Gate } from './gate.ts';
import type { Hold } from './hold.ts';
import { begin, catchUp, type KnownExecutions } from './progress.ts';
import type { Replay, Run } from './run.ts';

/** What becomes of an event is written down here, before its message is acknowledged. */
export interface EventRecorder {
  /** Resolves when the event, all its attempts, and what of it goes to the slow lane are committed. */
  recordEvent(run: Run, end: EventEnd | 'duplicate'): Promise<void>;
}

export interface DispatcherParts {
  catalog: () => HandlerCatalog;
  gate: Gate;
  chain: Chain;
  recorder: EventRecorder;
  logger: Logger;
}

/** An event whose turn it is among those of its key. */
export interface Arrival {
  readonly event: BillingEvent;
  readonly replay: Replay | null;
  /** Whether it may have been begun before. */
  readonly repeated: boolean;
  /** How long it had to wait for its turn. */
  readonly waitedMs: number;
  /** Whether it takes a place that an event of another key waits for. */
  readonly crowded: boolean;
  /** Of its way through the fast lane; there while traces are on. */
  readonly span?: Span | undefined;
}

/** When the events of a key take so long, those that wait for it move over where they take the places of other keys' events. */
const longestWaitForTurnMs = 5_000;

/** Takes an event through the fast lane: to its end, or into the slow lane. */
export class Dispatcher {
  readonly #parts: DispatcherParts;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  /**
   * Resolves when nothing is left to be done for this delivery of the event and all of it is in the journal.
   *
   * @param hold Rejects with its reason when it is lost.
   */
  async dispatch(arrival: Arrival, hold: Hold): Promise<void> {
    const { gate, logger } = this.#parts;
    const { event, replay, span } = arrival;
    const receivedAt = new Date();
    const admission = await gate.admit(arrival, arrival.repeated);
    hold.assertOurs();
    // The plan is that of the catalog in force now, whatever comes into force while it runs.
    const catalog = this.#parts.catalog();
    const run: Run = { event, receivedAt, revision: catalog.revision, replay, testId: null, span };
    switch (admission.kind) {
      case 'finished':
        return;
      case 'duplicate':
        logger.info({ eventId: event.id, eventType: event.type }, 'duplicate event, not run');
        return this.#record(run, 'duplicate');
      case 'behind':
        return this.#record(run, notBegun(run, catalog, 'behind'));
      case 'run': {
        const isInTheWay = arrival.crowded && arrival.waitedMs > longestWaitForTurnMs;
        const end = isInTheWay
          ? notBegun(run, catalog, 'slow_key')
          : await this.#run(run, catalog, admission.executions, hold);
        // Whoever has the event now writes down what became of it.
        hold.assertOurs();
        return this.#record(run, end);
      }
    }
  }

  #run(run: Run, catalog: HandlerCatalog, known: KnownExecutions, hold: Hold): Promise<EventEnd> {
    const progress = begin(catalog, run);
    catchUp(progress, known);
    if (run.span) tellPlan(run.span, progress, catalog.revision);
    return this.#parts.chain.run({ run, progress, catalog, known, detached: false, giveUp: false }, hold);
  }

  #record(run: Run, end: EventEnd | 'duplicate'): Promise<void> {
    if (run.span) tellEnd(run.span, end);
    return this.#parts.recorder.recordEvent(run, end);
  }
}

/** An event that goes to the slow lane as it is. */
function notBegun({ event }: Run, catalog: HandlerCatalog, reason: DeferralReason): EventEnd {
  const handlerId = catalog.plan(event.type)[0]?.id ?? noHandler;
  const rest = { key: event.partitionKey, detached: false, handlerId, reason, delayMs: 0, progress: null };
  return { failed: false, skipped: [], rest, detached: [] };
}
