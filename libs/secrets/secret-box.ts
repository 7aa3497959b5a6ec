import { createCipheriv, createDecipheriv, createHash, randomBytes, type KeyObject } from 'node:crypto';
import { NoSecretsKey, SecretsKeyMissing, SecretUnopened } from './errors.ts';

const cipher = 'aes-256-gcm';
/** NIST SP 800-38D, 8.2.2: random, 96 bits; good for 2^32 texts under one key. */
const ivBytes = 12;
const tagBytes = 16;

const sealedForm = /^v1\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)$/;

/**
 * Encrypts texts with AES-256-GCM, and decrypts what was encrypted with any of its keys. An encrypted text is `v1.<key
 * id>.<base64url of iv, ciphertext, tag>`. It decrypts only in the context that it was encrypted for, so write access
 * to the table does not allow moving it elsewhere.
 */
export class SecretBox {
  readonly #keys: ReadonlyMap<string, KeyObject>;
  readonly #current: { readonly id: string; readonly key: KeyObject } | undefined;

  /** @param keys Of 32 bytes. The first seals, all open; without any, nothing does. */
  constructor(keys: readonly KeyObject[]) {
    const entries = keys.map((key) => ({ id: keyId(key), key }));
    this.#keys = new Map(entries.map(({ id, key }) => [id, key]));
    this.#current = entries[0];
  }

  /** Id of the key that seals; undefined when there is none. */
  get keyId(): string | undefined {
    return this.#current?.id;
  }

  /**
   * @param context Where the text belongs, and the only place where it opens.
   * @throws {NoSecretsKey}
   */
  seal(text: string, context: string): string {
    if (!this.#current) throw new NoSecretsKey();
    const iv = randomBytes(ivBytes);
    const sealing = createCipheriv(cipher, this.#current.key, iv, { authTagLength: tagBytes });
    sealing.setAAD(Buffer.from(context));
    const content = Buffer.concat([iv, sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()]);
    return `v1.${this.#current.id}.${content.toString('base64url')}`;
  }

  /**
   * @throws {SecretsKeyMissing} When its key is not among ours.
   * @throws {SecretUnopened} When it is damaged, or was sealed for another context.
   */
  open(sealed: string, context: string): string {
    const [, id = null, encoded = ''] = sealedForm.exec(sealed) ?? [];
    if (id === null) throw new SecretUnopened(null);
    const key = this.#keys.get(id);
    if (!key) throw new SecretsKeyMissing(id);
    const content = Buffer.from(encoded, 'base64url');
    if (content.length < ivBytes + tagBytes) throw new SecretUnopened(id);
    const opening = createDecipheriv(cipher, key, content.subarray(0, ivBytes), { authTagLength: tagBytes });
    opening.setAAD(Buffer.from(context));
    opening.setAuthTag(content.subarray(-tagBytes));
    const opened = opening.update(content.subarray(ivBytes, -tagBytes));
    try {
      return Buffer.concat([opened, opening.final()]).toString('utf8');
    } catch {
      // OpenSSL says no more than that the tag is another; whether it is damaged or moved cannot be told.
      throw new SecretUnopened(id);
    }
  }

  /** Whether it was sealed under the key that seals now. */
  isCurrent(sealed: string): boolean {
    return this.#current !== undefined && sealedForm.exec(sealed)?.[1] === this.#current.id;
  }
}

/** Computed from the key, so that there is nothing to name and nothing to mix up; it tells nothing of the key. */
function keyId(key: KeyObject): string {
  return createHash('sha256').update('provisor secrets key v1\0').update(key.export()).digest('hex').slice(0, 8);
}
