import { v4 as uuidv4 } from 'uuid';
import {
  decodeBillingEvent,
  EventRejected,
  orderedIdAt,
  partitionKeyHeader,
  type BillingEvent,
  type TestedAttempt,
  type TestHandlerCommand,
} from '#contracts';
import type { Now } from '#database';
import { jsonWithoutMembers } from '#redaction';
import type { Tracer } from '#observability';
import type { Hold } from '../../call/call.ts';
import type { CatalogHandler } from '../../execute/handler-catalog.ts';
import { planOf } from '../../execute/progress.ts';
import type { PlanRunner } from '../../execute/plan-runner.ts';
import { tellEnd, testSpan } from '../../observe/event-span.ts';
import type { Journal } from '../../record/journal.ts';
import type { Attempt, Run } from '../../record/run.ts';
import { CommandRefused } from './command.ts';

export interface HandlerTestParts {
  plans: PlanRunner;
  journal: Journal;
  /** The handler with an id, whether or not it is in force; undefined when there is none. */
  handler: (id: string) => Promise<CatalogHandler | undefined>;
  /** Of the catalog in force. */
  revision: () => number;
  /** The database's clock. */
  now: Now;
  executorId: string;
  /** While traces are on. */
  tracer: Tracer | undefined;
}

/** Runs one handler alone, on an event that need not have happened, and returns the result. */
export class HandlerTest {
  readonly #parts: HandlerTestParts;
  readonly #stopping = new AbortController();

  constructor(parts: HandlerTestParts) {
    this.#parts = parts;
  }

  /**
   * @throws {CommandRefused} `bad_event`, `unknown_handler`, `handler_busy`, or `stopping` when the call was not made
   * any more.
   */
  async run({ handlerId, ...given }: TestHandlerCommand): Promise<TestedAttempt> {
    const { revision, now, executorId, tracer } = this.#parts;
    const event = decodeGiven(given);
    const handler = await this.#parts.handler(handlerId);
    if (!handler) throw new CommandRefused('unknown_handler', `there is no handler ${handlerId} that is not archived`);
    const hold = this.#hold();
    hold.assertOurs();
    const span = tracer && testSpan(tracer, event);
    const receivedAt = new Date(now());
    const run: Run = {
      journalId: orderedIdAt(receivedAt),
      event,
      receivedAt,
      revision: revision(),
      replay: null,
      resumed: false,
      testId: uuidv4(),
      span,
      attempts: [],
    };
    const { id, executionId, startedAt, durationMs, result, kept } = await this.#attempt(run, handler, hold).finally(
      () => span?.end(),
    );
    const { outcome, reached, response } = result;
    return {
      id,
      executionId,
      eventId: event.id,
      number: 1,
      outcome: outcome.kind,
      reason: outcome.reason ?? null,
      message: outcome.message ?? null,
      reached,
      response,
      kept: kept ? jsonWithoutMembers(kept.values, kept.redacted ?? []) : null,
      startedAt: startedAt.toISOString(),
      durationMs,
      revision: run.revision,
      executorId,
    };
  }

  /** Aborts the calls in flight, and makes no more: the test can be repeated on another executor. */
  stop(): void {
    this.#stopping.abort(new CommandRefused('stopping', 'the executor is stopping'));
  }

  /** Makes the one attempt, as all attempts are made. Resolves when it and its event are in the journal. */
  async #attempt(run: Run, handler: CatalogHandler, hold: Hold): Promise<Attempt> {
    const { plans, journal } = this.#parts;
    const progress = planOf(run.revision, [handler]);
    const start = { progress, urgent: handler.id, detached: false, giveUp: false };
    const end = await plans.run(run, { handler: () => handler }, start, hold);
    const [made] = run.attempts;
    if (!made) throw new CommandRefused('handler_busy', 'the handler has as many calls under way as it may');
    if (run.span) tellEnd(run.span, end);
    await journal.recordEvent(run, end);
    return made.attempt;
  }

  #hold(): Hold {
    const { signal } = this.#stopping;
    const assertOurs = () => signal.throwIfAborted();
    return { lane: 'slow', signal, assertOurs, outlasts: () => true };
  }
}

function decodeGiven({ body, partitionKey, traceparent }: Omit<TestHandlerCommand, 'handlerId'>): BillingEvent {
  try {
    const headers = { [partitionKeyHeader]: partitionKey, traceparent };
    const event = decodeBillingEvent(Buffer.from(body), { headers });
    if (event.hasOwnId) return event;
  } catch (error) {
    if (!(error instanceof EventRejected)) throw error;
    throw new CommandRefused('bad_event', error.message);
  }
  throw new CommandRefused('bad_event', 'event.id must be given');
}
