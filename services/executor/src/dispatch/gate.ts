import type { EventStatus } from '#contracts';
import { NaturalBatch } from '#database';
import type { KnownExecutions } from './progress.ts';
import type { Run } from './run.ts';

/** What is known of an event that arrives. */
export interface KnownEvent {
  /** Where the event stands, or undefined when the journal has not got it. */
  readonly status: EventStatus | undefined;
  /** Its executions, when they were asked for. */
  readonly executions: KnownExecutions;
  /** Whether an event of its key waits. */
  readonly keyWaits: boolean;
}

export interface EventIdentity {
  readonly eventId: string;
  /** A replay of an event has nothing to do with the event itself. */
  readonly replayId: string | null;
}

export interface EventQuestion extends EventIdentity {
  readonly partitionKey: string;
  /** Whether the event may have been begun before: then its executions are asked for, too. */
  readonly repeated: boolean;
}

/** What the gate asks of the journal and of the slow lane. The answers are in the order asked. */
export interface EventLookup {
  lookUp(questions: readonly EventQuestion[]): Promise<readonly KnownEvent[]>;
  /** The executions alone. */
  executionsOf(events: readonly EventIdentity[]): Promise<readonly KnownExecutions[]>;
}

/** Whether and how an event may begin. */
export type Admission =
  /** It runs; the executions that are known need not run again. */
  | { readonly kind: 'run'; readonly executions: KnownExecutions }
  /** An event of its key waits, and it has to wait behind that. */
  | { readonly kind: 'behind' }
  /** Its id was seen before: record that, and run nothing. */
  | { readonly kind: 'duplicate' }
  /** It was taken charge of when the message was lost on its way back: nothing is left but to acknowledge it. */
  | { readonly kind: 'finished' };

const batchOptions = { maxItems: 500 };

/** The last question before an event runs: has it been here before, and is it its turn? */
export class Gate {
  readonly #arrivals: NaturalBatch<EventQuestion, KnownEvent>;
  readonly #waiting: NaturalBatch<EventIdentity, KnownExecutions>;

  constructor(lookup: EventLookup) {
    this.#arrivals = new NaturalBatch((questions) => lookup.lookUp(questions), batchOptions);
    this.#waiting = new NaturalBatch((events) => lookup.executionsOf(events), batchOptions);
  }

  /** @param repeated Whether the broker may have handed this very message out before. */
  async admit(run: Pick<Run, 'event' | 'replay'>, repeated: boolean): Promise<Admission> {
    const question = { ...identityOf(run), partitionKey: run.event.partitionKey, repeated };
    const { status, executions, keyWaits } = await this.#arrivals.ask(question);
    if (status !== undefined) return { kind: repeated ? 'finished' : 'duplicate' };
    return keyWaits ? { kind: 'behind' } : { kind: 'run', executions };
  }

  /** What was done of an event that the slow lane is about to go on with. */
  executionsOf(run: Pick<Run, 'event' | 'replay'>): Promise<KnownExecutions> {
    return this.#waiting.ask(identityOf(run));
  }
}

function identityOf({ event, replay }: Pick<Run, 'event' | 'replay'>): EventIdentity {
  return { eventId: event.id, replayId: replay?.id ?? null };
}
