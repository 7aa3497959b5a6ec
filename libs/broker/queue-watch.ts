/** What the broker says of a queue. */
export interface QueueState {
  /** Messages that wait in it; those that a consumer has are not among them. */
  readonly messages: number;
  /** Who has subscribed, whether they are sent something or not. */
  readonly consumers: number;
}

/** A queue as it was seen last. */
export interface SeenQueue extends QueueState {
  readonly queue: string;
  /** The longest possible wait of the oldest message, milliseconds; undefined if no consumer reports what it takes. */
  readonly ageMs: number | undefined;
}

interface Sample {
  readonly at: number;
  /** When this total number of messages has been taken, the messages that waited at that time are gone. */
  readonly goneAt: number;
}

interface Watched {
  state: QueueState;
  seenAt: number;
  taken: number;
  /** The oldest first. */
  samples: Sample[];
}

/** What was seen longer ago is not told: the broker cannot be asked, which others tell. */
const forgottenAfterMs = 60_000;
/** When nothing is taken for hours, not every sample is needed. */
const mostSamples = 1_000;

/**
 * Knows how much waits in queues, who reads them, and for how long the oldest message has waited.
 *
 * Messages have no time of their own. But a queue is read from its front: once as many messages were taken as waited in
 * it at some time, those are gone, and the oldest of now came later. Who takes nothing, since another one reads the
 * queue, thinks it older than it is: of several answers the smallest counts.
 */
export class QueueWatch {
  readonly #now: () => number;
  readonly #queues = new Map<string, Watched>();
  readonly #tellsAge: boolean;

  /**
   * @param tellsAge Whether a consumer reports what it takes.
   * @param now Milliseconds of a monotonic clock.
   */
  constructor(tellsAge: boolean, now: () => number = () => performance.now()) {
    this.#tellsAge = tellsAge;
    this.#now = now;
  }

  /** To be called with each message that was delivered. */
  taken(queue: string): void {
    const watched = this.#queues.get(queue);
    if (watched) watched.taken++;
  }

  /** To be called with what the broker says, every few seconds. */
  seen(queue: string, state: QueueState): void {
    const at = this.#now();
    const watched = this.#queues.get(queue) ?? { state, seenAt: at, taken: 0, samples: [] };
    const sample = { at, goneAt: watched.taken + state.messages };
    const samples = [...withoutOutdated(watched), sample];
    // An empty queue says all that those before it could.
    if (state.messages === 0) samples.splice(0, samples.length - 1);
    watched.samples = samples.length > mostSamples ? samples.filter((_, index) => index % 2 === 0) : samples;
    watched.state = state;
    watched.seenAt = at;
    this.#queues.set(queue, watched);
  }

  /** The queues that were seen within a minute. */
  report(): SeenQueue[] {
    const now = this.#now();
    return [...this.#queues]
      .filter(([, { seenAt }]) => now - seenAt <= forgottenAfterMs)
      .map(([queue, watched]) => ({ queue, ...watched.state, ageMs: this.#ageOf(watched, now) }));
  }

  #ageOf(watched: Watched, now: number): number | undefined {
    if (!this.#tellsAge) return undefined;
    if (watched.state.messages === 0) return 0;
    return now - withoutOutdated(watched)[0]!.at;
  }
}

/** Without the samples before the newest whose messages are all gone. */
function withoutOutdated({ samples, taken }: Watched): Sample[] {
  const newestGone = samples.findLastIndex(({ goneAt }) => goneAt <= taken);
  return samples.slice(Math.max(newestGone, 0));
}
