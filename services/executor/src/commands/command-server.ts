import { setImmediate } from 'node:timers/promises';
import type { RmqContext, TransportId } from '@nestjs/microservices';
import type { BrokerAddress } from '#broker';
import { commandQueue } from '#contracts';
import type { Logger } from '#observability';
import { LastingServer, type ServerChannel } from '../messages/lasting-server.ts';

/** Handlers of commands name it: NestJS would bind them to what comes from the configuration exchange as well. */
export const commandTransport = Symbol('commands');

const consumerTag = 'commands';

/**
 * Takes commands from their queue, of which each goes to any one executor. They are taken without acknowledgement: one
 * whose executor dies is not carried out by another, since whoever asked has been told by then that there was no answer.
 */
export class CommandServer extends LastingServer {
  override transportId: TransportId = commandTransport;
  readonly #underWay = new Set<Promise<void>>();

  constructor(broker: string | BrokerAddress, logger: Logger) {
    // A plain queue, as the registry declares it too: of two declarations that differ the second would be refused.
    const queueOptions = { durable: true };
    super({ what: 'commands', broker, queue: commandQueue, queueOptions, noAck: true, consumerTag }, logger);
  }

  override async handleMessage(message: Record<string, unknown> | null, channel: ServerChannel): Promise<void> {
    const work = super.handleMessage(message, channel);
    const settled = work.catch(() => undefined).finally(() => this.#underWay.delete(settled));
    this.#underWay.add(settled);
    return work;
  }

  /** On the channel of the question or not at all: who asked would not get it by another. */
  override sendMessage(answer: unknown, replyTo: unknown, correlationId: string, context: RmqContext): void {
    // Some leave no place for an answer.
    if (typeof replyTo !== 'string') return;
    const channel = context.getChannelRef() as ServerChannel;
    channel.sendToQueue(replyTo, Buffer.from(JSON.stringify(answer)), { correlationId });
  }

  /** Answers what was begun. */
  protected override async drain(): Promise<void> {
    // On a channel that is lost there is nothing to cancel.
    await this.open?.cancel(consumerTag).catch(() => undefined);
    await Promise.all(this.#underWay);
    // NestJS sends an answer in the turn of the event loop after the work.
    await setImmediate();
  }
}
