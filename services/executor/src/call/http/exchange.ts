import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Deadline } from '../call.ts';
import type { Lines } from './agents.ts';
import type { Wire, WireUser } from './connection/wire.ts';
import { KeptBody } from './reply/kept-body.ts';
import { NameFailure } from './names/name-query.ts';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly text: string; readonly truncated: boolean };
}

/** What is to be exchanged. */
export interface Order {
  readonly lines: Lines;
  readonly request: Dispatcher.DispatchOptions;
  /** Covers connecting, headers and body. */
  readonly deadline: Deadline;
  /** Throws when the call is no longer ours to make. */
  readonly assertOurs: () => void;
  /** Called immediately before the request is written. */
  readonly onSent: () => void;
  /** Called when the request is sent again because a reused connection had closed. */
  readonly onRepeat?: (error: Error) => void;
}

/** Fails an exchange whose time is up, or that is taken back; the deadline says which. */
class Ended extends Error {
  override readonly name = 'Ended';
}

/**
 * One request, from its dispatch until all of its reply is there that is kept. Made of the client's own events, and not
 * of the streams and signals that it builds on them: those took longer than everything else that an executor does for a
 * call.
 */
export class Exchange implements Dispatcher.DispatchHandler, WireUser {
  readonly #result = Promise.withResolvers<Reply>();
  readonly #order: Order;
  #wire: Wire | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #head: Pick<Reply, 'status' | 'headers'> | undefined;
  #body: KeptBody | undefined;
  #begun = false;
  #repeated = false;
  #ended = false;

  private constructor(order: Order) {
    this.#order = order;
  }

  /**
   * Makes a request, and resolves with its reply.
   *
   * @throws When the connection ends before the reply does, or the deadline before either.
   */
  static run(order: Order): Promise<Reply> {
    const exchange = new Exchange(order);
    order.deadline.whenOver(() => exchange.#fail(exchange.#timeUp()));
    order.lines.kept.dispatch(order.request, exchange);
    return exchange.#result.promise;
  }

  assigned(wire: Wire): void {
    this.#wire = wire;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.#begun = true;
    this.#assertOurs();
    // It may have waited for a connection for longer than it had.
    if (this.#ended) {
      controller.abort(new Ended('the call has to end'));
      return;
    }
    this.#wire!.begin();
    this.#order.onSent();
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#head = { status, headers };
    this.#body = new KeptBody(headers, () => this.#succeed());
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
    if (this.#ended) return;
    if (!this.#repeated && this.#wire?.isStale(error, this.#begun)) this.#repeat(error);
    else this.#fail(this.#wire?.explain(error) ?? error);
  }

  /** The client writes the request in the same turn of the event loop: nothing can stand still in between. */
  #assertOurs(): void {
    try {
      this.#order.assertOurs();
    } catch {
      // What lost the call reports the reason.
      this.#order.deadline.takeBack();
    }
  }

  /**
   * The target did not take part in what failed: it gets the request over a connection that it cannot have given up
   * yet.
   */
  #repeat(error: Error): void {
    this.#repeated = true;
    this.#begun = false;
    this.#order.onRepeat?.(error);
    this.#order.lines.fresh.dispatch(this.#order.request, this);
  }

  #timeUp(): Error {
    if (!this.#wire?.resolving) return new Ended('the call has to end');
    // That the name servers take so long says nothing of the target.
    return new NameFailure('DNS_UNAVAILABLE', 'no name server answered before the time of the call was up');
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
    if (!this.#begun) this.#wire?.abandon();
    // The rest of the reply is not awaited, and its connection is closed. The client reports this as an error, which
    // has no listener.
    this.#controller?.abort(new Ended('no more is wanted'));
  }
}
