import { secretContext, secretMark, secretSlots, type FieldError, type HttpTls } from '#contracts';
import { SecretError } from '#secrets';
import type { HttpTaskInput } from '../dto/task.dto.ts';
import type { Keeping, KeptSecrets } from '../secrets/kept-secrets.ts';
import { firstCertificate, readPrivateKey, tidiedCertificates, tidiedKey } from '../secrets/pem.ts';

const slot = secretSlots.tlsKey;
const keyField = 'task.tls.key';

/** The certificates of a task as they are kept; the key is among the secrets. */
export function keptTls({ url, tls = {} }: HttpTaskInput, kept: KeptSecrets, keeping: Keeping): HttpTls | undefined {
  const { ca, certificate, key } = tls;
  if (ca === undefined && certificate === undefined && key === undefined) return undefined;
  if (new URL(url).protocol !== 'https:') kept.faults.push({ field: 'task.tls', message: 'is for https:// URLs only' });
  if (key !== undefined) {
    const value = key === secretMark ? key : tidiedKey(key);
    kept.add({ slot, value, field: keyField, unkept: { field: keyField } });
  }
  kept.faults.push(...pairFaults(certificate, key, keeping));
  return {
    ...(ca !== undefined && { ca: tidiedCertificates(ca) }),
    ...(certificate !== undefined && { certificate: tidiedCertificates(certificate) }),
    ...(key !== undefined && { key: secretMark }),
  };
}

function pairFaults(certificate: string | undefined, key: string | undefined, keeping: Keeping): FieldError[] {
  if (certificate === undefined && key === undefined) return [];
  if (key === undefined) return [{ field: keyField, message: 'must be given together with a certificate' }];
  if (certificate === undefined) return [{ field: 'task.tls.certificate', message: 'must be given with a key' }];
  const meant = key === secretMark ? openedKey(keeping) : key;
  if (meant === undefined) return [];
  if (meant instanceof SecretError) {
    return [{ field: keyField, message: `must be given again: failed to decrypt the stored key: ${meant.message}` }];
  }
  const fits = firstCertificate(certificate).checkPrivateKey(readPrivateKey(meant));
  return fits ? [] : [{ field: keyField, message: 'does not match the certificate' }];
}

/** The key that is kept; undefined when there is none, and an error when it does not open. */
function openedKey({ handlerId, box, current }: Keeping): string | SecretError | undefined {
  const sealed = current?.secrets[slot];
  if (sealed === undefined) return undefined;
  try {
    return box.open(sealed, secretContext(handlerId, slot));
  } catch (error) {
    if (error instanceof SecretError) return error;
    throw error;
  }
}
