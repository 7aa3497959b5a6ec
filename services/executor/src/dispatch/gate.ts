import type { BillingEvent, EventStatus, ExecutionStatus } from '#contracts';
import { NaturalBatch } from '#database';

/** What the journal knows of an event that arrives. */
export interface KnownEvent {
  /** Where the event stands, or undefined when the journal has not got it. */
  readonly status: EventStatus | undefined;
  /** Its executions by handler id, when they were asked for. */
  readonly executions: ReadonlyMap<string, KnownExecution>;
}

export interface KnownExecution {
  readonly status: Exclude<ExecutionStatus, 'skipped'>;
  /** Attempts that were made so far. */
  readonly attempts: number;
}

export interface EventQuestion {
  readonly eventId: string;
  /** Asked for where the event may have been begun before. */
  readonly executions: boolean;
}

/** What the gate asks of the journal. */
export interface EventLookup {
  /** What is known of each event, in the order asked. */
  lookUp(questions: readonly EventQuestion[]): Promise<readonly KnownEvent[]>;
}

/** Whether and how an event may begin. */
export type Admission =
  /** It runs; the executions that are known need not run again. */
  | { readonly kind: 'run'; readonly executions: ReadonlyMap<string, KnownExecution> }
  /** Its id was seen before: record that, and run nothing. */
  | { readonly kind: 'duplicate' }
  /** It was done with when the message was lost on its way back: nothing is left but to acknowledge it. */
  | { readonly kind: 'finished' };

const nothingKnown: ReadonlyMap<string, KnownExecution> = new Map();
const questionsPerQuery = 500;

/** The last question before an event runs: has it been here before? */
export class Gate {
  readonly #lookup: NaturalBatch<EventQuestion, KnownEvent>;

  constructor(lookup: EventLookup) {
    this.#lookup = new NaturalBatch((questions) => lookup.lookUp(questions), { maxItems: questionsPerQuery });
  }

  /** @param redelivered Whether the broker has handed this very message out before. */
  async admit(event: BillingEvent, redelivered: boolean): Promise<Admission> {
    // An id that we made ourselves a moment ago is known to nobody.
    if (!event.hasOwnId) return { kind: 'run', executions: nothingKnown };
    const known = await this.#lookup.ask({ eventId: event.id, executions: redelivered });
    if (known.status === undefined) return { kind: 'run', executions: known.executions };
    return { kind: redelivered ? 'finished' : 'duplicate' };
  }
}
