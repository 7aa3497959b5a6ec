import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Client, type Dispatcher, type buildConnector } from 'undici';
import { errorCode } from '../../error-code.ts';
import { closings, type GuardedConnector } from '../guard/guarded-connector.ts';
import { InterimResponses } from './interim-responses.ts';

/** The target ended the connection where it had asked for a certificate of ours. */
class CertificateWanted extends Error {
  override readonly name = 'CertificateWanted';
  readonly code = 'CERTIFICATE_WANTED';
}

/** What is known of the socket that one connection of the client has at the time, and of the request on it. */
export class Wire {
  readonly #connector: GuardedConnector;
  #connecting: AbortController | undefined;
  #resolving = false;
  #target: buildConnector.Options | undefined;
  #responses = new InterimResponses();
  /** Number of requests on this socket, including the one in flight. */
  #requests = 0;
  #certificateWanted = false;

  constructor(connector: GuardedConnector) {
    this.#connector = connector;
  }

  /** Whether the addresses of the target's name are still being looked for. */
  get resolving(): boolean {
    return this.#resolving;
  }

  /** Makes the client's next socket. */
  readonly connect: buildConnector.connector = (target, callback) => {
    const connecting = new AbortController();
    this.#connecting = connecting;
    this.#resolving = true;
    this.#target = target;
    this.#requests = 0;
    const resolved = (): void => void (this.#resolving = false);
    this.#connector.connect(target, { signal: connecting.signal, resolved }, (...[error, socket]) => {
      this.#connecting = undefined;
      this.#resolving = false;
      if (error) {
        callback(error, null);
        return;
      }
      this.#take(socket);
      callback(null, socket);
    });
  };

  /** Ends the making of a socket, if one is being made. */
  abandon(): void {
    this.#connecting?.abort();
  }

  /** To be called when a request is about to be sent. */
  begin(): void {
    this.#requests += 1;
    this.#responses.expect();
  }

  /**
   * Whether a request fails only because the target had given up a kept connection just then: the socket had served
   * other requests, and not a byte was answered to this one.
   *
   * @param begun Whether the request was sent, wholly or in part.
   */
  isStale(error: Error, begun: boolean): boolean {
    const served = begun ? this.#requests - 1 : this.#requests;
    return served > 0 && closings.has(errorCode(error)) && !(begun && this.#responses.answered);
  }

  /** What the failure of a request means, where more is known of it here. */
  explain(error: Error): Error {
    if (this.#requests !== 1 || this.#responses.answered || !closings.has(errorCode(error))) return error;
    if (!this.#certificateWanted) return error;
    // A resumed session would not say again that a certificate is wanted.
    this.#connector.forgetSession(this.#target!);
    const message = `the target asked for a client certificate and ended the connection (${error.message})`;
    return new CertificateWanted(message, { cause: error });
  }

  #take(socket: Socket): void {
    const responses = new InterimResponses();
    this.#responses = responses;
    // Algorithms to sign with are agreed on only where the server asks for a certificate; this is not known once the
    // socket is closed.
    this.#certificateWanted = socket instanceof TLSSocket && socket.getSharedSigalgs().length > 0;
    const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
    // The client takes what has come by this function alone.
    socket.read = (size?: number): Buffer | null => {
      try {
        for (let piece = read(size); piece !== null; piece = read(size)) {
          const rest = responses.without(piece);
          if (rest.length > 0) return rest;
        }
      } catch (error) {
        socket.destroy(error as Error);
      }
      return null;
    };
  }
}

/** Wants to know which connection it was given. */
export interface WireUser {
  assigned(wire: Wire): void;
}

/**
 * A client with one socket at a time, and one request at a time, which tells the request what is known of its socket.
 */
export class Connection extends Client {
  readonly #wire: Wire;

  constructor(origin: string | URL, options: Client.Options, connector: GuardedConnector) {
    const wire = new Wire(connector);
    super(origin, { ...options, connect: wire.connect });
    this.#wire = wire;
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler & Partial<WireUser>,
  ): boolean {
    handler.assigned?.(this.#wire);
    return super.dispatch(options, handler);
  }
}
