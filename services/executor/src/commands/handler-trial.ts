import { v4 as uuidv4 } from 'uuid';
import {
  decodeBillingEvent,
  EventRejected,
  partitionKeyHeader,
  type BillingEvent,
  type TestedAttempt,
  type TestHandlerCommand,
} from '#contracts';
import type { Tracer } from '#observability';
import type { CatalogHandler } from '../catalog/handler-catalog.ts';
import type { Hold } from '../dispatch/hold.ts';
import type { AttemptResult } from '../dispatch/outcome.ts';
import type { Run } from '../dispatch/run.ts';
import { trialSpan } from '../traces/event-span.ts';
import { CommandRefused } from './command-refused.ts';

/** The one attempt that a trial is to make. */
export interface TrialOrder {
  readonly run: Run;
  readonly handler: CatalogHandler;
}

/** The attempt that a trial has made. */
export interface TrialAttempt {
  /** As the journal has it. */
  readonly id: string;
  /** Of no other execution. */
  readonly executionId: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly result: AttemptResult;
}

/** Makes the attempts of trials. */
export interface TrialAttempts {
  /** Makes one; resolves when it and its event are in the journal. @throws The hold's reason when that is lost before. */
  make(order: TrialOrder, hold: Hold): Promise<TrialAttempt>;
}

export interface TrialParts {
  attempts: TrialAttempts;
  /** The handler with an id, whether or not it is in force; undefined when there is none. */
  handler: (id: string) => Promise<CatalogHandler | undefined>;
  /** Of the catalog in force. */
  revision: () => number;
  executorId: string;
  /** While traces are on. */
  tracer: Tracer | undefined;
}

/** Runs one handler alone, on an event that need not have happened, and says what came of it. */
export class HandlerTrial {
  readonly #parts: TrialParts;
  readonly #stopping = new AbortController();

  constructor(parts: TrialParts) {
    this.#parts = parts;
  }

  /** @throws {CommandRefused} `bad_event`, `unknown_handler`, or `stopping` when the call was not made any more. */
  async run({ handlerId, ...given }: TestHandlerCommand): Promise<TestedAttempt> {
    const { attempts, revision, executorId, tracer } = this.#parts;
    const event = decodeGiven(given);
    const handler = await this.#parts.handler(handlerId);
    if (!handler) throw new CommandRefused('unknown_handler', `there is no handler ${handlerId} that is not archived`);
    const hold = this.#hold();
    hold.assertOurs();
    const span = tracer && trialSpan(tracer, event);
    const run: Run = { event, receivedAt: new Date(), revision: revision(), replay: null, testId: uuidv4(), span };
    const made = attempts.make({ run, handler }, hold).finally(() => span?.end());
    const { id, executionId, startedAt, durationMs, result } = await made;
    const { outcome, response } = result;
    return {
      id,
      executionId,
      eventId: event.id,
      number: 1,
      outcome: outcome.kind,
      reason: outcome.kind === 'success' ? null : outcome.reason,
      message: outcome.kind === 'success' ? null : outcome.message,
      response,
      startedAt: startedAt.toISOString(),
      durationMs,
      revision: run.revision,
      executorId,
    };
  }

  /** Takes back the calls that are under way, and makes no more: whoever tries a handler can try it again elsewhere. */
  stop(): void {
    this.#stopping.abort(new CommandRefused('stopping', 'the executor is stopping'));
  }

  #hold(): Hold {
    const { signal } = this.#stopping;
    const assertOurs = () => signal.throwIfAborted();
    return { lane: 'urgent', signal, assertOurs, outlasts: () => Promise.resolve(true) };
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
