import { DomainError } from '../../domain-error.ts';

export class SigningSecretNotFound extends DomainError {
  override readonly name = 'SigningSecretNotFound';

  constructor(handlerId: string, id: string) {
    super('not_found', 'signing_secret_not_found', `handler ${handlerId} has no active signing secret ${id}`);
  }
}

export class TooManySigningSecrets extends DomainError {
  override readonly name = 'TooManySigningSecrets';

  constructor(most: number) {
    super(
      'conflict',
      'too_many_signing_secrets',
      `the handler already has ${most} active signing secrets; revoke one, or wait until one expires`,
    );
  }
}

export class CallsNotSigned extends DomainError {
  override readonly name = 'CallsNotSigned';

  constructor() {
    super('conflict', 'calls_not_signed', 'the handler runs a script; only HTTP calls are signed');
  }
}

export class NothingToSealWith extends DomainError {
  override readonly name = 'NothingToSealWith';

  constructor() {
    super(
      'conflict',
      'no_secrets_key',
      'failed to store a signing secret: set SECRETS_KEY for the registry and the executors',
    );
  }
}
