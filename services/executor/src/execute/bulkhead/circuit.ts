/** What happens over this time decides. */
const windowMs = 30_000;
/** Fewer calls than this say nothing. */
const minimumCalls = 20;
/** Of the calls in the window; from this share of failures on the circuit opens. */
const failureRate = 0.8;

const sliceMs = 1_000;

interface Slice {
  readonly startedAt: number;
  calls: number;
  failures: number;
}

/**
 * Knows whether calls of a handler are of any use at the moment. It opens when nearly all of its recent calls have
 * failed, and closes with the first that succeeds: what is tried while it is open are probes.
 */
export class Circuit {
  readonly #now: () => number;
  /** The window, cut up; the oldest first. */
  #slices: Slice[] = [];
  #openedAt: number | undefined;
  #openings = 0;

  /** @param now Milliseconds of a monotonic clock. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get open(): boolean {
    return this.#openedAt !== undefined;
  }

  /** How often it has opened. */
  get openings(): number {
    return this.#openings;
  }

  /** Takes note of how a call ended, and says whether that has changed anything. */
  record(succeeded: boolean): 'opened' | 'closed' | undefined {
    if (this.open) return succeeded ? this.#close() : undefined;
    const slice = this.#currentSlice();
    slice.calls++;
    if (succeeded) return undefined;
    slice.failures++;
    return this.#isHopeless() ? this.#open() : undefined;
  }

  #currentSlice(): Slice {
    const now = this.#now();
    const newest = this.#slices.at(-1);
    if (newest && newest.startedAt > now - sliceMs) return newest;
    this.#slices = this.#slices.filter(({ startedAt }) => startedAt > now - windowMs);
    const slice = { startedAt: now, calls: 0, failures: 0 };
    this.#slices.push(slice);
    return slice;
  }

  #isHopeless(): boolean {
    const calls = this.#slices.reduce((sum, slice) => sum + slice.calls, 0);
    const failures = this.#slices.reduce((sum, slice) => sum + slice.failures, 0);
    return calls >= minimumCalls && failures >= failureRate * calls;
  }

  #open(): 'opened' {
    this.#openedAt = this.#now();
    this.#openings++;
    return 'opened';
  }

  #close(): 'closed' {
    this.#openedAt = undefined;
    this.#slices = [];
    return 'closed';
  }
}
