export type SecretErrorCode = 'no_secrets_key' | 'secrets_key_missing' | 'secret_unopened';

/** Something is wrong with a secret or its key. No message of these has any of either. */
export abstract class SecretError extends Error {
  readonly code: SecretErrorCode;
  /** Of the key that is meant; null when there is none to name. */
  readonly keyId: string | null;

  constructor(code: SecretErrorCode, message: string, keyId: string | null) {
    super(message);
    this.code = code;
    this.keyId = keyId;
  }
}

/** Nothing can be sealed. */
export class NoSecretsKey extends SecretError {
  override readonly name = 'NoSecretsKey';

  constructor() {
    super('no_secrets_key', 'SECRETS_KEY is not set', null);
  }
}

/** It was sealed under a key that is not among ours. */
export class SecretsKeyMissing extends SecretError {
  override readonly name = 'SecretsKeyMissing';

  constructor(keyId: string) {
    super('secrets_key_missing', `SECRETS_KEY has no key with the id ${keyId}`, keyId);
  }
}

/** We have its key and it does not open: it is damaged, or was sealed for another place. */
export class SecretUnopened extends SecretError {
  override readonly name = 'SecretUnopened';

  constructor(keyId: string | null) {
    super('secret_unopened', 'the sealed text is damaged, or was sealed for another place', keyId);
  }
}
