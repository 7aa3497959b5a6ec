import { EventEmitter, on } from 'node:events';
import { ServerRMQ } from '@nestjs/microservices';
import { commandQueue } from '#contracts';

/** A command or message as it reached an executor. */
export interface Heard {
  pattern: string;
  data: unknown;
}

/**
 * Takes commands in an executor's place, by NestJS' own server for RabbitMQ: what our client sends is what that
 * understands.
 */
export interface StandIn extends AsyncDisposable {
  /** The next command or message that comes. */
  next(): Promise<Heard>;
}

/** What to answer to each pattern; one without an answer is only heard. */
export type Answers = Record<string, ((data: never) => unknown) | undefined>;

/** Resolves when commands are taken. */
export async function standIn(amqpUrl: string, answers: Answers): Promise<StandIn> {
  const server = new PatientServer({ urls: [amqpUrl], queue: commandQueue, queueOptions: { durable: true } });
  const arrivals = new EventEmitter();
  const messages = on(arrivals, 'message') as AsyncIterableIterator<[Heard]>;
  for (const [pattern, answer] of Object.entries(answers)) {
    const take = (data: unknown): Promise<unknown> => {
      arrivals.emit('message', { pattern, data });
      return Promise.resolve(answer?.(data as never));
    };
    server.addHandler(pattern, take as Parameters<ServerRMQ['addHandler']>[1], answer === undefined);
  }
  const listening = Promise.withResolvers<undefined>();
  await server.listen((error) => (error === undefined ? listening.resolve(undefined) : listening.reject(error)));
  await listening.promise;
  return {
    next: async () => ((await messages.next()).value as [Heard])[0],
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** Closes when its answers are confirmed; the one that it is made from would reject them, unheard. */
class PatientServer extends ServerRMQ {
  readonly #sent: Promise<unknown>[] = [];

  override sendMessage(message: unknown, replyTo: string, correlationId: string): void {
    const channel = this.channel as { sendToQueue(queue: string, content: Buffer, options: object): Promise<unknown> };
    this.#sent.push(channel.sendToQueue(replyTo, Buffer.from(JSON.stringify(message)), { correlationId }));
  }

  override async close(): Promise<void> {
    await Promise.all(this.#sent);
    await super.close();
  }
}
