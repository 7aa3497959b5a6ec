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
