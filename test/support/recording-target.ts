import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A call that arrived. */
export interface RecordedCall {
  path: string;
  method: string;
  headers: IncomingHttpHeaders;
  body: string;
}

type Reply = (call: RecordedCall, response: ServerResponse) => void | Promise<void>;

/** An HTTP target that records its calls, in order of completion, and answers as configured. */
export class RecordingTarget {
  readonly calls: RecordedCall[] = [];
  /** Replaces the answer, which is 200 with an empty object. */
  reply: Reply = (_call, response) => void response.setHeader('content-type', 'application/json').end('{}');
  readonly #server: Server;

  static async listen(): Promise<RecordingTarget> {
    const target = new RecordingTarget();
    await new Promise<void>((resolve) => target.#server.listen(0, '127.0.0.1', resolve));
    return target;
  }

  private constructor() {
    this.#server = createServer((request, response) => void this.#record(request, response));
  }

  url(path = '/'): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}${path}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #record(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url: path = '', method = '', headers } = request;
    const call = { path, method, headers, body: await text(request) };
    this.calls.push(call);
    await this.reply(call, response);
  }
}
