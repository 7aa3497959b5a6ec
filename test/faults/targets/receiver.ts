import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '../../../tools/servers/ports.ts';
import type { CallLog, CallRecord } from './call-log.ts';
import type { Behaviour, Temper } from './temper.ts';

/** What a throttled caller is asked to wait, seconds. */
export const retryAfterSeconds = 1;

/** What is done about a call; the connection of a hanging one is left open. */
const acts: Record<Behaviour, (request: IncomingMessage, response: ServerResponse) => void> = {
  success: (_request, response) => void response.setHeader('content-type', 'application/json').end('{}'),
  unavailable: (_request, response) => void response.writeHead(503).end(),
  throttled: (_request, response) => void response.writeHead(429, { 'retry-after': String(retryAfterSeconds) }).end(),
  refused: (_request, response) => void response.writeHead(422).end(),
  reset: (request) => void request.socket.resetAndDestroy(),
  hang: () => undefined,
};

/** A target that writes down each call, and does with it what its temper says. It can die and come back. */
export class Receiver {
  readonly #port: number;
  readonly #log: CallLog;
  readonly #temper: Temper;
  #server: Server | undefined;

  static async listen(log: CallLog, temper: Temper): Promise<Receiver> {
    const receiver = new Receiver(await findFreePort(), log, temper);
    await receiver.revive();
    return receiver;
  }

  private constructor(port: number, log: CallLog, temper: Temper) {
    this.#port = port;
    this.#log = log;
    this.#temper = temper;
  }

  url(path: string): string {
    return `http://127.0.0.1:${String(this.#port)}/${path}`;
  }

  /** Ends calls in flight and accepts no more: connections are refused. */
  async die(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  async revive(): Promise<void> {
    const server = createServer((request, response) => void this.#take(request, response));
    await once(server.listen(this.#port, '127.0.0.1'), 'listening');
    this.#server = server;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = describe(request);
    this.#log.add(call);
    request.resume();
    // Whichever comes first: our answer, or the end of the connection.
    response.once('close', () => (call.endedAt ??= performance.now()));
    const { behaviour, afterMs } = this.#temper.decide(call.executionId, call.attempt);
    await delay(afterMs);
    if (call.endedAt !== undefined) return;
    call.behaviour = behaviour;
    if (behaviour !== 'hang') call.endedAt = performance.now();
    acts[behaviour](request, response);
  }
}

function describe({ url = '', headers }: IncomingMessage): CallRecord {
  return {
    handler: url.slice(1),
    eventId: String(headers['provisor-event-id']),
    executionId: String(headers['webhook-id']),
    attempt: Number(headers['provisor-attempt']),
    startedAt: performance.now(),
  };
}
