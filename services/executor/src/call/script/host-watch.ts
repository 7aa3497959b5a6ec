/** Between two pings. */
const intervalMs = 1_000;
/** Pings without any word from the host: then it cannot be relied on. */
const worryingSilence = 2;
/** Then it is killed. */
const lastSilence = 5;
/** It may take longer than that to start, on a machine that is busy. */
const lastSilenceAtStart = 60;

/**
 * Asks a host every second whether it works, and has it killed when it says nothing for too long. What is counted are
 * pings and not the time: while the executor itself stands still nothing is held against its host.
 */
export class HostWatch {
  readonly #timer: NodeJS.Timeout;
  #silence = 0;
  #isReady = false;
  #stoodStill = false;

  /**
   * @param ping Asks the host.
   * @param kill Ends it.
   */
  constructor(ping: () => void, kill: () => void) {
    this.#timer = setInterval(() => {
      if (this.#silence >= (this.#isReady ? lastSilence : lastSilenceAtStart)) {
        this.#stoodStill = true;
        kill();
        return;
      }
      this.#silence += 1;
      // Before it is ready it hears nothing, and what is sent waits in the channel.
      if (this.#isReady) ping();
    }, intervalMs);
    this.#timer.unref();
  }

  /** Whether the host has ever worked. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Whether the host was killed since it said nothing. */
  get stoodStill(): boolean {
    return this.#stoodStill;
  }

  /** What is wrong with the host, if anything is. */
  get fault(): string | undefined {
    if (!this.#isReady || this.#silence <= worryingSilence) return undefined;
    return `the script host has not answered ${this.#silence} pings, one a second`;
  }

  /** Takes note that the host said something. */
  heard(isReady: boolean): void {
    this.#silence = 0;
    this.#isReady ||= isReady;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
