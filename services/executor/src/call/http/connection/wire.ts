import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Client, type Dispatcher, type buildConnector } from 'undici';
import { errorCode } from '../../error-code.ts';
import { closings, type GuardedConnector } from '../guard/guarded-connector.ts';

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

/** What a target answered is no HTTP, or no answer that this client can take. */
export class BadResponse extends Error {
  override readonly name = 'BadResponse';
  readonly code = 'BAD_RESPONSE';
}

/** Interim responses before one final one. */
const maxInterim = 32;
/** Their bytes together. */
const maxInterimBytes = 64 * 1024;
/** `HTTP/1.1 200 `: what tells which kind of response begins. */
const prefixLength = 13;

const nothing = Buffer.alloc(0);
const [slash, dot, space, zero, one, carriageReturn, lineFeed] = Buffer.from('/. 01\r\n');
const badStatus = /^0\d\d[ \r\n]/;
const interimStatus = /^1\d\d[ \r\n]/;

/** `start`: of a response; `interim`: within one that is left out; `final`: within one that is passed on. */
type Place = 'start' | 'interim' | 'final';

/**
 * Takes interim responses (RFC 9110, 15.2: a client must be able to take those that it did not ask for) out of what a
 * target sends, before the client's parser sees them: undici ends the connection at a `100`. They say nothing that a
 * call needs.
 */
export class InterimResponses {
  #place: Place = 'final';
  #answered = false;
  /** The beginning of a response that is too short to tell its kind. */
  #held: Buffer = nothing;
  /** Bytes of the line that the interim response is in; 0 at the line's beginning. */
  #lineLength = 0;
  #interim = 0;
  #interimBytes = 0;

  /** Whether a byte has come since the request. */
  get answered(): boolean {
    return this.#answered;
  }

  /** To be called when a request is sent: what comes next is the beginning of a response. */
  expect(): void {
    this.#place = 'start';
    this.#answered = false;
    this.#held = nothing;
    this.#interim = 0;
    this.#interimBytes = 0;
  }

  /**
   * What is left of a piece without the interim responses in it; it may be empty.
   *
   * @throws {BadResponse} When the target switches to another protocol, has no status that HTTP knows of, or never
   *   comes to an end.
   */
  without(piece: Buffer): Buffer {
    this.#answered = true;
    let rest = piece;
    while (this.#place !== 'final' && rest.length > 0) {
      rest = this.#place === 'start' ? this.#begin(rest) : this.#skip(rest);
    }
    return rest;
  }

  /** Finds out which kind of response begins. */
  #begin(piece: Buffer): Buffer {
    const text = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]);
    this.#held = nothing;
    // A parser passes over empty lines before a response.
    let at = 0;
    while (text[at] === carriageReturn || text[at] === lineFeed) at += 1;
    const head = at === 0 ? text : text.subarray(at);
    if (head.length < prefixLength) {
      this.#held = head;
      return nothing;
    }
    const isStatusLine = head[4] === slash && head[6] === dot && head[8] === space;
    if (isStatusLine && (head[9] === one || head[9] === zero) && this.#isInterim(head)) return head;
    // The answer, or what is for the parser to judge.
    this.#place = 'final';
    return head;
  }

  #isInterim(head: Buffer): boolean {
    const text = head.toString('latin1', 9, prefixLength);
    const status = text.slice(0, 3);
    // The client's parser would take it for an interim response, and fail at its end.
    if (badStatus.test(text)) throw new BadResponse(`the target answered ${status}, which is no status of HTTP`);
    if (!interimStatus.test(text)) return false;
    if (status === '101') throw new BadResponse('the target answered 101: it switched to another protocol unasked');
    this.#interim += 1;
    if (this.#interim > maxInterim) throw new BadResponse(`the target sent more than ${maxInterim} interim responses`);
    this.#place = 'interim';
    this.#lineLength = 0;
    return true;
  }

  /** Passes over an interim response, which ends with an empty line. */
  #skip(piece: Buffer): Buffer {
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at];
      if (byte === lineFeed) {
        if (this.#lineLength === 0) {
          this.#countBytes(at);
          this.#place = 'start';
          return piece.subarray(at + 1);
        }
        this.#lineLength = 0;
      } else if (byte !== carriageReturn) this.#lineLength += 1;
    }
    this.#countBytes(piece.length);
    return nothing;
  }

  #countBytes(count: number): void {
    this.#interimBytes += count;
    if (this.#interimBytes <= maxInterimBytes) return;
    throw new BadResponse(`the target sent more than ${maxInterimBytes / 1024} KiB of interim responses`);
  }
}
