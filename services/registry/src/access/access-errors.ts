import { DomainError } from '../domain-error.ts';

/** The caller is unknown. */
export class Unauthenticated extends DomainError {
  override readonly name = 'Unauthenticated';

  constructor(message: string, options?: ErrorOptions) {
    super('unauthenticated', 'unauthenticated', message, options);
  }
}

/** We know who is asking, and they may not. */
export class Forbidden extends DomainError {
  override readonly name = 'Forbidden';

  constructor(message: string) {
    super('forbidden', 'forbidden', message);
  }
}

/** A page of another site had a browser ask, with the cookie that it has of ours. */
export class ForeignOrigin extends DomainError {
  override readonly name = 'ForeignOrigin';

  constructor() {
    super('forbidden', 'foreign_origin', 'with a session, the Origin must be this host');
  }
}

/** Too many wrong keys came from one address. */
export class TooManyAttempts extends DomainError {
  override readonly name = 'TooManyAttempts';
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('too_many', 'too_many_attempts', `too many invalid keys from your address; retry in ${retryAfterSeconds} s`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The identity provider, whose keys are needed to check a token, cannot be reached or does not make sense. */
export class IssuerUnavailable extends DomainError {
  override readonly name = 'IssuerUnavailable';

  constructor(options?: ErrorOptions) {
    super('unavailable', 'issuer_unavailable', 'the identity provider does not answer; use an API key', options);
  }
}
