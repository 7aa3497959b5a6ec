import type { Logger } from '#observability';
import { ByteBudget } from './byte-budget.ts';
import { Spill, type Spilled } from './spill.ts';

/** Bodies up to this are neither counted nor put aside: as many of them as an executor holds need little. */
export const uncountedBytes = 4 * 1024;
/** What an event takes while it is handled, by its body: as bytes, as text, parsed, in a request, in a statement. */
export const bytesInUse = 4;

/** A body that waits for its turn, in memory or aside. */
export interface WaitingBody {
  /** Whether it takes no memory meanwhile. */
  readonly isAside: boolean;
  /** The body, as soon as there is room to work on it. It is to be {@link OpenBody.close closed}. */
  open(): Promise<OpenBody>;
  /** Lets it go unopened. Does nothing when it was opened, or let go before. */
  drop(): void;
}

export interface OpenBody {
  readonly content: Buffer;
  /** Makes room for others; once. */
  close: () => void;
}

/**
 * Limits the memory of message bodies, by bytes: the broker's prefetch limits the number of messages, but not their
 * size. One half is for bodies that fit when they arrived, the other for spilled bodies that are next.
 */
export class Bodies {
  readonly #coming: ByteBudget;
  readonly #returning: ByteBudget;
  readonly #spill: Spill;
  readonly #logger: Logger;
  readonly #ofSession = new WeakMap<AbortSignal, Set<WaitingBody>>();
  #spills = true;

  /**
   * @param bytes Of memory, about.
   * @param folder For what is put aside.
   */
  constructor(bytes: number, folder: string, logger: Logger) {
    this.#coming = new ByteBudget(bytes / 2);
    this.#returning = new ByteBudget(bytes / 2);
    this.#spill = new Spill(folder);
    this.#logger = logger;
  }

  /** Takes room for what has come, when there is some; the answer gives it back. */
  tryTake(bytes: number): (() => void) | undefined {
    return bytes <= uncountedBytes ? nothing : this.#coming.tryTake(bytes * bytesInUse);
  }

  /** Waits for room for what was elsewhere until now. */
  async take(bytes: number): Promise<() => void> {
    return bytes <= uncountedBytes ? nothing : this.#returning.take(bytes * bytesInUse);
  }

  /**
   * Spills a body until it is next.
   *
   * @param session Fires when the message is lost: then the body is no longer needed.
   */
  putAside(content: Buffer, session: AbortSignal): WaitingBody {
    return this.#waiting(this.#tryPut(content) ?? content, content.length, session);
  }

  /** A function of its own: closures keep all that those beside them use, and what is aside has to go. */
  #waiting(kept: Spilled | Buffer, length: number, session: AbortSignal): WaitingBody {
    let wanted: Spilled | Buffer | undefined = kept;
    const isAside = !Buffer.isBuffer(kept);
    const body: WaitingBody = {
      isAside,
      open: async () => {
        const giveBack = await this.take(length);
        try {
          if (!wanted) throw new Error('the body was let go: its message is lost');
          return { content: Buffer.isBuffer(wanted) ? wanted : await wanted.read(), close: giveBack };
        } catch (error) {
          giveBack();
          throw error;
        } finally {
          body.drop();
        }
      },
      drop: () => {
        if (wanted && !Buffer.isBuffer(wanted)) wanted.drop();
        wanted = undefined;
        this.#ofSession.get(session)?.delete(body);
      },
    };
    this.#untilLost(session, body);
    return body;
  }

  #tryPut(content: Buffer): Spilled | undefined {
    try {
      const spilled = this.#spill.put(content);
      this.#spills = true;
      return spilled;
    } catch (error) {
      if (this.#spills) {
        this.#logger.error({ err: error }, 'failed to write to the temporary folder; waiting events stay in memory');
      }
      this.#spills = false;
      return undefined;
    }
  }

  #untilLost(session: AbortSignal, body: WaitingBody): void {
    let bodies = this.#ofSession.get(session);
    if (!bodies) {
      const ofSession = new Set<WaitingBody>();
      bodies = ofSession;
      this.#ofSession.set(session, ofSession);
      // One listener for all of them.
      session.addEventListener('abort', () => ofSession.forEach((each) => each.drop()), { once: true });
    }
    bodies.add(body);
  }
}

function nothing(): void {}
