import { noHandler, orderedIdAt } from '#contracts';
import type { Now } from '#database';
import { failSpan, type Logger, type Span, type Tracer } from '#observability';
import type { Hold } from '../call/call.ts';
import { runOf, type WholeRecord } from '../defer/deferred-event.ts';
import type { EventResumer } from '../defer/deferral-worker.ts';
import type { Resumption } from '../defer/resumption.ts';
import type { Claim } from '../defer/claims.ts';
import { resumedSpan, tellEnd, tellPlan } from '../observe/event-span.ts';
import { attemptsCommitted } from '../record/journal.ts';
import { nothingKnown, type JournalLookup } from '../record/journal-lookup.ts';
import type { Arrival, EndedRun, EventEnd, KnownExecutions, Progress, Run } from '../record/run.ts';
import type { HandlerCatalog } from './handler-catalog.ts';
import { admit, begin, catchUp, resumed, type Admission } from './progress.ts';
import type { PlanRunner, Start } from './plan-runner.ts';

/** The right to work on an event whose turn it is among those of its key. */
export interface Turn extends Hold {
  /** How long the event had to wait for it, milliseconds. */
  readonly waitedMs: number;
  /** Whether the event takes a place that one of another key waits for. */
  readonly crowded: boolean;
}

export interface EventRunnerParts {
  /** The catalog in force. */
  catalog: { readonly current: HandlerCatalog };
  /** The last question before an event runs: was it here before, and is it its turn? */
  gate: Pick<JournalLookup, 'ask' | 'executionsOf'>;
  plans: PlanRunner;
  /** Puts events into the slow lane that failed and are resumed. */
  resumption: Pick<Resumption, 'begin'>;
  /** Told when the last of an event has ended in the slow lane. */
  onEnded: (run: Run, failed: boolean) => void;
  /** The database's clock. */
  now: Now;
  logger: Logger;
  /** While traces are on. */
  tracer: Tracer | undefined;
}

const whole = { urgent: null, detached: false, giveUp: false };

/** Takes an event as far as it goes now, in either lane: asks the gate, and runs its plan. */
export class EventRunner implements EventResumer {
  readonly #parts: EventRunnerParts;

  constructor(parts: EventRunnerParts) {
    this.#parts = parts;
  }

  /**
   * Runs an event that arrives. The result is not in the journal yet; undefined: nothing is left to do.
   *
   * @param span Of its pass through the fast lane, while traces are on.
   * @throws The reason for which ownership was lost.
   */
  async arrive(arrival: Arrival, turn: Turn, span: Span | undefined): Promise<EndedRun | undefined> {
    const { gate, logger, now } = this.#parts;
    const { event, replay, resume, repeated } = arrival;
    if (resume) {
      const continues = await this.#parts.resumption.begin(resume, turn.signal);
      logger.info({ eventId: event.id, ...resume, continues }, 'failed event resumed');
      return undefined;
    }
    const receivedAt = new Date(now());
    const known = await gate.ask(arrival, repeated);
    turn.assertOurs();
    const { waitedMs, crowded } = turn;
    const admission = admit(known, { repeated, waitedMs, crowded });
    logger.debug({ eventId: event.id, admission, waitedMs }, 'event admitted');
    if (admission === 'finished') return undefined;
    // The plan is that of the catalog in force now, whatever comes into force while it runs.
    const catalog = this.#parts.catalog.current;
    const run: Run = {
      journalId: orderedIdAt(receivedAt),
      event,
      receivedAt,
      revision: catalog.revision,
      replay,
      resumed: false,
      testId: null,
      again: repeated,
      span,
      attempts: [],
    };
    const end =
      admission === 'run'
        ? await this.#run(run, catalog, begin(catalog, run, known.executions), known.executions, turn, whole)
        : this.#notBegun(run, catalog, admission);
    // The executor that owns the event now records the result.
    turn.assertOurs();
    if (span) tellEnd(span, end);
    return { run, end };
  }

  /** Resumes a waiting event where it stopped. */
  async resume(record: WholeRecord, claim: Claim): Promise<EndedRun> {
    const { tracer } = this.#parts;
    const catalog = this.#parts.catalog.current;
    const run: Run = { ...runOf(record, catalog.revision), again: claim.takenOver };
    if (!tracer) return this.#resume(run, catalog, record, claim);
    const span = resumedSpan(tracer, run, claim.urgent);
    try {
      return await this.#resume({ ...run, span }, catalog, record, claim);
    } catch (error) {
      failSpan(span, claim.signal.aborted ? 'lease_lost' : 'internal_error');
      throw error;
    } finally {
      span.end();
    }
  }

  async #resume(run: Run, catalog: HandlerCatalog, record: WholeRecord, claim: Claim): Promise<EndedRun> {
    const { gate, logger, onEnded } = this.#parts;
    const { key, detached, urgent, handlerId, takenOver } = claim;
    logger.debug({ eventId: run.event.id, key, urgent }, 'event resumed from the slow lane');
    // What was given back says itself how far it had come.
    const known = record.progress && !takenOver ? nothingKnown : await gate.executionsOf(run);
    const progress = record.progress ?? planOf(catalog, run, record, known);
    const part = { urgent: urgent ? handlerId : null, detached, giveUp: record.give_up };
    const end = await this.#run(run, catalog, progress, known, claim, part);
    await attemptsCommitted(run);
    claim.assertOurs();
    if (run.span) tellEnd(run.span, end);
    logEnd(logger, run, end, 'attempts committed to the journal');
    if (!end.rest) onEnded(run, end.failed);
    return { run, end };
  }

  #run(
    run: Run,
    catalog: HandlerCatalog,
    reached: Progress,
    known: KnownExecutions,
    hold: Hold,
    part: Omit<Start, 'progress'>,
  ): Promise<EventEnd> {
    const progress = catchUp(reached, known);
    if (run.span) tellPlan(run.span, progress, catalog.revision);
    logPlan(this.#parts.logger, run, progress);
    return this.#parts.plans.run(run, catalog, { progress, ...part }, hold);
  }

  /** What happens to an event that may not begin. */
  #notBegun(run: Run, catalog: HandlerCatalog, admission: Exclude<Admission, 'run' | 'finished'>): EventEnd {
    const { id: eventId, type: eventType, partitionKey: key } = run.event;
    const nothing = { failed: false, skipped: [], disabled: [], detached: [] };
    if (admission === 'duplicate') {
      this.#parts.logger.info({ eventId, eventType }, 'duplicate event skipped');
      return { status: 'duplicate', rest: null, ...nothing };
    }
    const handlerId = catalog.plan(eventType)[0]?.id ?? noHandler;
    const rest = { key, detached: false, handlerId, reason: admission, cause: null, delayMs: 0, progress: null };
    return { status: 'waiting', rest, ...nothing };
  }
}

/** Where an event begins that waited without a plan: at its start, or where it had failed. */
function planOf(catalog: HandlerCatalog, run: Run, { resume }: WholeRecord, known: KnownExecutions): Progress {
  return resume ? resumed(catalog, resume, known) : begin(catalog, run, known);
}

// Each stage of an event's way is a line at level debug with the event's id: `LOG_LEVEL=debug` follows one event.
// Attempts have a line of their own at every level.

/** Which handlers an event is to run, and where each stands already. */
function logPlan(logger: Logger, { event }: Run, { revision, steps }: Progress): void {
  if (!logger.isLevelEnabled('debug')) return;
  const handlers = steps.map(({ handlerId, status }) => ({ handlerId, status }));
  logger.debug({ eventId: event.id, revision, handlers }, 'event planned');
}

/** Where an event stands after this stage of its way. */
export function logEnd(logger: Logger, { event }: Run, end: EventEnd, stage: string): void {
  if (!logger.isLevelEnabled('debug')) return;
  const { status, rest, detached, skipped } = end;
  const fields = {
    eventId: event.id,
    status,
    ...(rest && { reason: rest.reason, handlerId: rest.handlerId, delayMs: rest.delayMs }),
    ...(detached.length > 0 && { detached: detached.map(({ handlerId }) => handlerId) }),
    ...(skipped.length > 0 && { skipped }),
  };
  logger.debug(fields, stage);
}
