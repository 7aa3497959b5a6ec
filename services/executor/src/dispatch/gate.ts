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

export interface EventQuestion {
  readonly eventId: string;
  readonly partitionKey: string;
  /** A replay of an event has nothing to do with the event itself. */
  readonly replayId: string | null;
  /** Whether the event may have been begun before: then its executions are asked for, too. */
  readonly repeated: boolean;
}

/** What the gate asks of the journal and of the slow lane. */
export interface EventLookup {
  /** What is known of each event, in the order asked. */
  lookUp(questions: readonly EventQuestion[]): Promise<readonly KnownEvent[]>;
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

const questionsPerQuery = 500;

/** The last question before an event runs: has it been here before, and is it its turn? */
export class Gate {
  readonly #lookup: NaturalBatch<EventQuestion, KnownEvent>;

  constructor(lookup: EventLookup) {
    this.#lookup = new NaturalBatch((questions) => lookup.lookUp(questions), { maxItems: questionsPerQuery });
  }

  /** @param repeated Whether the broker may have handed this very message out before. */
  async admit(run: Pick<Run, 'event' | 'replay'>, repeated: boolean): Promise<Admission> {
    const { status, executions, keyWaits } = await this.#ask(run, repeated);
    if (status !== undefined) return { kind: repeated ? 'finished' : 'duplicate' };
    return keyWaits ? { kind: 'behind' } : { kind: 'run', executions };
  }

  /** What was done of an event that the slow lane is about to go on with. */
  async executionsOf(run: Pick<Run, 'event' | 'replay'>): Promise<KnownExecutions> {
    return (await this.#ask(run, true)).executions;
  }

  #ask({ event, replay }: Pick<Run, 'event' | 'replay'>, repeated: boolean): Promise<KnownEvent> {
    const { id: eventId, partitionKey } = event;
    return this.#lookup.ask({ eventId, partitionKey, replayId: replay?.id ?? null, repeated });
  }
}
