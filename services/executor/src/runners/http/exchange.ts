import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Deadline } from '../deadline.ts';
import { KeptBody } from './kept-body.ts';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly text: string; readonly truncated: boolean };
}

/** Fails an exchange whose time is up, or that is taken back; the deadline says which. */
class Ended extends Error {
  override readonly name = 'Ended';
}

/**
 * One request, from its dispatch until all of its reply is there that is kept. Made of the client's own events, and not of the streams and
 * signals that it builds on them: those took longer than everything else that an executor does for a call.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #result = Promise.withResolvers<Reply>();
  #controller: Dispatcher.DispatchController | undefined;
  #head: Pick<Reply, 'status' | 'headers'> | undefined;
  #body: KeptBody | undefined;
  #ended = false;

  /**
   * Makes a request, and resolves with its reply.
   *
   * @param deadline Covers connecting, headers and body.
   * @throws When the connection ends before the reply does, or the deadline before either.
   */
  static run(agent: Dispatcher, request: Dispatcher.DispatchOptions, deadline: Deadline): Promise<Reply> {
    const exchange = new Exchange();
    deadline.whenOver(() => exchange.#fail(new Ended('the call has to end')));
    agent.dispatch(request, exchange);
    return exchange.#result.promise;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It may have waited for a connection for longer than it had.
    if (this.#ended) controller.abort(new Ended('the call has to end'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    // Interim replies (1xx) say nothing yet.
    if (status < 200) return;
    this.#head = { status, headers };
    this.#body = new KeptBody(headers['content-encoding'], () => this.#succeed());
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#body!.add(chunk, () => controller.resume())) controller.pause();
  }

  onResponseEnd(): void {
    // From here on there is nothing on the connection to be ended.
    this.#controller = undefined;
    this.#body!.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#controller = undefined;
    this.#fail(error);
  }

  #succeed(): void {
    const { text, truncated } = this.#body!;
    this.#result.resolve({ ...this.#head!, body: { text, truncated } });
    this.#end();
  }

  #fail(error: Error): void {
    this.#result.reject(error);
    this.#end();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#body?.destroy();
    // What is left of the reply is not waited for; its connection goes with it. The client calls this an error, which nobody hears.
    this.#controller?.abort(new Ended('no more is wanted'));
  }
}
