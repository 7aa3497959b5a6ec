import { secretContext, secretMark, secretSlots, type FieldError, type HttpTls } from '#contracts';
import { SecretError } from '#secrets';
import type { HttpTlsInput } from '../dto/tls.dto.ts';
import type { KeptSecrets, SecretKeeping } from './kept-secrets.ts';
import { firstCertificate, readPrivateKey, tidiedCertificates, tidiedKey } from './pem.ts';

const slot = secretSlots.tlsKey;

interface GivenTls {
  /** What is called with them; one of them has to be https. */
  readonly urls: readonly string[];
  readonly tls: HttpTlsInput;
  /** Where errors point, such as `task.tls`. */
  readonly field: string;
}

/** Certificates as they are kept; the key is among the secrets. */
export function keptTls(
  { urls, tls, field }: GivenTls,
  kept: KeptSecrets,
  keeping: SecretKeeping,
): HttpTls | undefined {
  const { ca, certificate, key } = tls;
  if (ca === undefined && certificate === undefined && key === undefined) return undefined;
  if (urls.every((url) => new URL(url).protocol !== 'https:'))
    kept.faults.push({ field, message: 'is for https:// URLs only' });
  const keyField = `${field}.key`;
  if (key !== undefined) {
    const value = key === secretMark ? key : tidiedKey(key);
    kept.add({ slot, value, field: keyField, unkept: { field: keyField } });
  }
  kept.faults.push(...pairFaults({ certificate, key, field }, keeping));
  return {
    ...(ca !== undefined && { ca: tidiedCertificates(ca) }),
    ...(certificate !== undefined && { certificate: tidiedCertificates(certificate) }),
    ...(key !== undefined && { key: secretMark }),
  };
}

interface Pair {
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  readonly field: string;
}

function pairFaults({ certificate, key, field }: Pair, keeping: SecretKeeping): FieldError[] {
  const keyField = `${field}.key`;
  if (certificate === undefined && key === undefined) return [];
  if (key === undefined) return [{ field: keyField, message: 'must be given together with a certificate' }];
  if (certificate === undefined) return [{ field: `${field}.certificate`, message: 'must be given with a key' }];
  const meant = key === secretMark ? openedKey(keeping) : key;
  if (meant === undefined) return [];
  if (meant instanceof SecretError) {
    return [{ field: keyField, message: `must be given again: failed to decrypt the stored key: ${meant.message}` }];
  }
  const fits = firstCertificate(certificate).checkPrivateKey(readPrivateKey(meant));
  return fits ? [] : [{ field: keyField, message: 'does not match the certificate' }];
}

/** The key that is kept; undefined when there is none, and an error when it does not open. */
function openedKey({ ownerId, box, current }: SecretKeeping): string | SecretError | undefined {
  const sealed = current?.secrets[slot];
  if (sealed === undefined) return undefined;
  try {
    return box.open(sealed, secretContext(ownerId, slot));
  } catch (error) {
    if (error instanceof SecretError) return error;
    throw error;
  }
}
