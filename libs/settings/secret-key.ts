import { createSecretKey, type KeyObject } from 'node:crypto';
import { parser } from './parsers.ts';

const keyBytes = 32;
const hex = /^[0-9a-f]{64}$/i;
/** base64 or base64url of 32 bytes; what pads it need not be there. */
const base64 = /^[A-Za-z0-9+/_-]{43}=?$/;

/**
 * A key of 256 bits, as `openssl rand -base64 32` makes one. A key object, so that nothing that prints or serialises
 * the settings shows it.
 */
export const secretKey = parser<KeyObject>(
  'one key or several, comma-separated, each 32 bytes as base64 or 64 hexadecimal digits',
  (value) => {
    const bytes = hex.test(value) ? Buffer.from(value, 'hex') : Buffer.from(base64.test(value) ? value : '', 'base64');
    return bytes.length === keyBytes ? createSecretKey(bytes) : undefined;
  },
);
