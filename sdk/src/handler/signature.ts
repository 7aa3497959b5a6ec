import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Seconds that the clocks may differ; older calls may be repeats of an attacker. */
const tolerance = 5 * 60;

/** Why a call is not taken for one of Provisor's. */
export type SignatureFault = 'missing' | 'stale' | 'wrong';

/**
 * Checks that a call comes from Provisor and is unchanged (Standard Webhooks, scheme v1).
 *
 * @param secrets `whsec_…`; two while one replaces the other.
 * @param body The raw body: parsed and printed again, it may differ.
 * @param now Milliseconds since 1970.
 * @returns What is wrong; undefined if the call is valid.
 */
export function signatureFault(
  secrets: readonly string[],
  headers: IncomingHttpHeaders,
  body: Buffer,
  now = Date.now(),
): SignatureFault | undefined {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) => headers[`webhook-${name}`]);
  if (typeof id !== 'string' || typeof signatures !== 'string' || typeof timestamp !== 'string') return 'missing';
  if (!/^\d{1,15}$/.test(timestamp)) return 'missing';
  if (Math.abs(now / 1_000 - Number(timestamp)) > tolerance) return 'stale';
  const given = signatures.split(' ').map((signature) => Buffer.from(signature));
  const isGenuine = secrets.some((secret) => {
    const digest = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64');
    const expected = Buffer.from(`v1,${digest}`);
    return given.some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
  });
  return isGenuine ? undefined : 'wrong';
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}
