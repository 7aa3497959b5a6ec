import type { GrantedToken } from './token-answer.ts';

/** There is no access token, and no call that needs one can be made. */
export class NoToken extends Error {
  override readonly name = 'NoToken';
  readonly code = 'AUTH_UNAVAILABLE';
  /** How long the endpoint wants to be left alone, milliseconds; undefined when it does not say. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, retryAfterMs?: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** A token that is renewed when it has been used up to here: late in its life, and with time for several tries. */
const renewedAtShare = 0.8;
const renewedBeforeEndMs = 60_000;
/** A target that refuses a token which replaces a refused one refuses the next one as well, for so long. */
const refusalMs = 5_000;
/** Between requests for tokens that fail, milliseconds: doubled each time. */
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

interface KeptToken {
  readonly token: string;
  readonly askedAt: number;
  readonly renewAt: number;
  readonly expiresAt: number;
}

/**
 * The access token of one target. However many calls need it, one request asks for it: the first call starts it, and
 * the others wait for its answer. A token that a call has used late in its life is renewed in the background.
 */
export class TokenSource {
  /** @throws {NoToken} */
  readonly #request: () => Promise<GrantedToken>;
  readonly #now: () => number;
  #kept: KeptToken | undefined;
  /** The one before: targets may still repeat it. */
  #previous: string | undefined;
  /** The last token that was asked for in place of a refused one, and the last that a target has taken. */
  #replacement: string | undefined;
  #accepted: string | undefined;
  #asking: Promise<KeptToken> | undefined;
  #failures = 0;
  #fault: NoToken | undefined;
  /** After a failure, no request is made before. */
  #pauseUntil = -Infinity;

  /**
   * @param request Asks the endpoint, within a limit of its own; throws {@link NoToken}.
   * @param now Milliseconds of a monotonic clock.
   */
  constructor(request: () => Promise<GrantedToken>, now: () => number = () => performance.now()) {
    this.#request = request;
    this.#now = now;
  }

  /** Every token that calls may have sent lately. */
  get tokens(): readonly string[] {
    return [this.#kept?.token, this.#previous].filter((token) => token !== undefined);
  }

  /** Whether it can be forgotten: another request would be made anyway. */
  get isIdle(): boolean {
    return !this.#asking && (this.#kept?.expiresAt ?? this.#pauseUntil) < this.#now();
  }

  /** A valid token: at once when there is one. @throws {NoToken} When the endpoint gives none. */
  token(): string | Promise<string> {
    const kept = this.#valid();
    if (!kept) return this.#asked();
    // A failure of this request is for the calls that come when the token has ended.
    if (this.#now() >= kept.renewAt && !this.#isPausing()) this.#ask().catch(() => undefined);
    return kept.token;
  }

  /** Notes that the target has taken a token. */
  accepted(token: string): void {
    this.#accepted = token;
  }

  /**
   * A token in place of one that the target has refused; undefined when that one has just replaced another and was
   * never taken either: a new one would not help.
   *
   * @throws {NoToken} When the endpoint gives none.
   */
  renewed(refused: string): string | undefined | Promise<string> {
    const kept = this.#valid();
    if (kept && kept.token !== refused) return kept.token;
    const isReplacement = refused === this.#replacement && refused !== this.#accepted;
    if (kept && isReplacement && this.#now() - kept.askedAt < refusalMs) return undefined;
    return this.#replaced();
  }

  async #replaced(): Promise<string> {
    this.#replacement = await this.#asked();
    return this.#replacement;
  }

  #valid(): KeptToken | undefined {
    return this.#kept && this.#now() < this.#kept.expiresAt ? this.#kept : undefined;
  }

  async #asked(): Promise<string> {
    if (!this.#asking && this.#isPausing()) throw this.#fault!;
    return (await this.#ask()).token;
  }

  #isPausing(): boolean {
    return this.#now() < this.#pauseUntil;
  }

  #ask(): Promise<KeptToken> {
    this.#asking ??= this.#renew().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #renew(): Promise<KeptToken> {
    const askedAt = this.#now();
    try {
      const { token, lifetimeMs } = await this.#request();
      if (token !== this.#kept?.token) this.#previous = this.#kept?.token;
      const renewAfterMs = Math.max(lifetimeMs * renewedAtShare, lifetimeMs - renewedBeforeEndMs);
      // Its life may have begun as soon as it was asked for.
      this.#kept = { token, askedAt, renewAt: askedAt + renewAfterMs, expiresAt: askedAt + lifetimeMs };
      this.#failures = 0;
      return this.#kept;
    } catch (error) {
      this.#fault = error as NoToken;
      const pauseMs = Math.min(firstPauseMs * 2 ** this.#failures++, longestPauseMs);
      this.#pauseUntil = this.#now() + Math.max(pauseMs, this.#fault.retryAfterMs ?? 0);
      throw error;
    }
  }
}
