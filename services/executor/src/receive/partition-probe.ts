import { v7 as uuidv7 } from 'uuid';
import type { Delivery, Publisher } from '#broker';
import { partitionQueue } from '#contracts';
import type { Logger } from '#observability';

const probeHeader = 'provisor-probe';

/** The body of a probe, which no event has. */
const probeBody = '{}';

/**
 * True for a message that only asks who reads the partition. An event with the header of one is an event: it must not
 * vanish.
 */
export function isProbe({ exchange, headers, size }: Delivery): boolean {
  return exchange === '' && probeHeader in headers && size === probeBody.length;
}

/** What a round of probes found out. */
export type Finding =
  /**
   * This executor reads every partition, through one session, and has got all that was in them when the round began.
   */
  | { readonly reads: 'all'; readonly session: AbortSignal }
  /** Some partition has another reader, or too much before the probe. */
  | { readonly reads: 'some' }
  /** The broker did not take the probes. */
  | { readonly reads: 'unknown' };

interface Round {
  readonly id: string;
  readonly missing: Set<string>;
  /** That of the session through which the probes come back. */
  session: AbortSignal | undefined;
  /** Runs out when nothing comes from the partitions. */
  silence: NodeJS.Timeout | undefined;
  readonly end: (finding: Finding) => void;
}

/** How long a probe may be behind what else is in its partition. */
const longestRoundMs = 10_000;

/**
 * Finds out which executor consumes each partition. The broker does not tell a subscriber that it has become the active
 * one, but a message that it receives does. The executor that receives the message records its ownership of the
 * partition.
 */
export class PartitionProbe {
  readonly #publisher: Publisher;
  readonly #queues: readonly string[];
  readonly #logger: Logger;
  #round: Round | undefined;

  constructor(publisher: Publisher, partitions: number, logger: Logger) {
    this.#publisher = publisher;
    this.#queues = Array.from({ length: partitions }, (_, partition) => partitionQueue(partition));
    this.#logger = logger;
  }

  /**
   * Sends a probe to each partition, and waits for none. A failure costs no more than an older answer to who reads
   * what.
   */
  send(): void {
    void this.#publish(uuidv7());
  }

  /**
   * Sends a message to each partition, and waits until all have come back to this executor. Only the newest round
   * counts.
   *
   * @param patienceMs If no message has come back for this time, another executor consumes the missing partitions.
   */
  async round(patienceMs: number): Promise<Finding> {
    const { promise, resolve } = Promise.withResolvers<Finding>();
    const round: Round = {
      id: uuidv7(),
      missing: new Set(this.#queues),
      session: undefined,
      silence: undefined,
      end: resolve,
    };
    this.#round = round;
    try {
      if (!(await this.#publish(round.id))) return { reads: 'unknown' };
      const giveUp = () => resolve({ reads: 'some' });
      round.silence = setTimeout(giveUp, patienceMs);
      const longest = setTimeout(giveUp, longestRoundMs);
      const finding = await promise;
      clearTimeout(longest);
      return finding;
    } finally {
      clearTimeout(round.silence);
      if (this.#round === round) this.#round = undefined;
    }
  }

  /** To be called with everything that comes from the partitions. */
  heard(delivery: Delivery): void {
    const round = this.#round;
    if (round === undefined) return;
    round.silence?.refresh();
    if (delivery.messageId !== round.id || !isProbe(delivery)) return;
    round.session ??= delivery.signal;
    round.missing.delete(delivery.queue);
    if (delivery.signal !== round.session) round.end({ reads: 'some' });
    else if (round.missing.size === 0) round.end({ reads: 'all', session: round.session });
  }

  /** Whether the broker has taken all probes. */
  async #publish(id: string): Promise<boolean> {
    const sent = this.#queues.map((routingKey) =>
      this.#publisher.publish({
        exchange: '',
        routingKey,
        content: Buffer.from(probeBody),
        contentType: 'application/json',
        messageId: id,
        headers: { [probeHeader]: 'who reads this partition?' },
      }),
    );
    const results = await Promise.allSettled(sent);
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) this.#logger.debug({ err: failure.reason as unknown }, 'failed to probe partition ownership');
    return failure === undefined;
  }
}
