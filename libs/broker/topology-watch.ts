import type { ConfirmChannel } from 'amqplib';
import type { BrokerConnection } from './connection.ts';
import { declare, type Declarations } from './declare.ts';
import { BrokerError } from './errors.ts';
import type { QueueState } from './queue-watch.ts';
import { closeChannel } from './silent-broker.ts';

/** What was missing in the broker and was declared again. */
export type Repair = { readonly kind: 'exchange' | 'queue' | 'binding'; readonly name: string };

export interface TopologyWatchOptions {
  connection: BrokerConnection;
  declarations: Declarations;
  /** Told of what was missing and is there again. */
  onRepair: (repair: Repair) => void;
  /** Called for a conflict that cannot be repaired, once while it stays the same; undefined: it is over. */
  onFault: (fault: BrokerError | undefined) => void;
  /** Told of each queue that is there, at each look. */
  onQueue?: (queue: string, state: QueueState) => void;
  intervalMs?: number;
}

/** A broker's channel error for what does not exist. */
const notFound = 404;
const usualIntervalMs = 5_000;

/**
 * Checks periodically that the exchanges, queues and bindings exist, and declares missing ones again. Other users of
 * the broker may delete them, and the broker confirms messages that no queue receives.
 *
 * Missing exchanges and queues are reported. A binding is only declared again, because AMQP cannot ask for it.
 */
export class TopologyWatch {
  readonly #options: TopologyWatchOptions;
  readonly #stopping = new AbortController();
  #channel: ConfirmChannel | undefined;
  #fault: BrokerError | undefined;
  #timer: NodeJS.Timeout | undefined;
  #checking: Promise<void> | undefined;

  constructor(options: TopologyWatchOptions) {
    this.#options = options;
  }

  /** Begins to look; the first look is after one interval. Does nothing when called again, or after a stop. */
  start(): void {
    if (this.#timer || this.#stopping.signal.aborted) return;
    const { intervalMs = usualIntervalMs } = this.#options;
    this.#timer = setInterval(() => void this.check(), intervalMs).unref();
  }

  /** @throws {BrokerError} `topology` if there is a conflict that cannot be repaired. */
  assertSound(): void {
    if (this.#fault) throw this.#fault;
  }

  /** Whether nothing is in the way. */
  get isSound(): boolean {
    return this.#fault === undefined;
  }

  /** Checks once; waits for a check that is already running. Without a connection it reports nothing. */
  async check(): Promise<void> {
    this.#checking ??= this.#check().finally(() => (this.#checking = undefined));
    await this.#checking;
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new BrokerError('disconnected', 'the watch was stopped'));
    clearInterval(this.#timer);
    await this.#checking;
    if (this.#channel) await closeChannel(this.#channel);
  }

  async #check(): Promise<void> {
    if (!this.#options.connection.usable || this.#stopping.signal.aborted) return;
    const { declarations, onRepair } = this.#options;
    try {
      const missing = [
        ...(await this.#missing('exchange', declarations.exchanges)),
        ...(await this.#missing('queue', declarations.queues)),
      ];
      await declare(await this.#open(), declarations);
      for (const repair of missing) onRepair(repair);
      this.#tell(undefined);
    } catch (error) {
      // Anything else is a connection that was lost: there will be another look.
      if (isRefusal(error)) this.#tell(error);
    }
  }

  async #missing(kind: 'exchange' | 'queue', wanted: readonly { name: string }[]): Promise<Repair[]> {
    const missing: Repair[] = [];
    for (const { name } of wanted) {
      const channel = await this.#open();
      try {
        if (kind === 'exchange') await channel.checkExchange(name);
        else await this.#checkQueue(channel, name);
      } catch (error) {
        if ((error as { code?: unknown }).code !== notFound) throw error;
        missing.push({ kind, name });
      }
    }
    return missing;
  }

  async #checkQueue(channel: ConfirmChannel, name: string): Promise<void> {
    const { messageCount: messages, consumerCount: consumers } = await channel.checkQueue(name);
    this.#options.onQueue?.(name, { messages, consumers });
  }

  /** The broker closes a channel with each error. */
  async #open(): Promise<ConfirmChannel> {
    if (this.#channel) return this.#channel;
    const channel = await this.#options.connection.createConfirmChannel(this.#stopping.signal);
    channel.once('close', () => {
      if (this.#channel === channel) this.#channel = undefined;
    });
    this.#channel = channel;
    return channel;
  }

  #tell(fault: BrokerError | undefined): void {
    if (fault?.message === this.#fault?.message) return;
    this.#fault = fault;
    this.#options.onFault(fault);
  }
}

/** The broker has answered, and with no. */
function isRefusal(error: unknown): error is BrokerError {
  if (!(error instanceof BrokerError) || error.code !== 'topology') return false;
  return typeof (error.cause as { code?: unknown } | undefined)?.code === 'number';
}
