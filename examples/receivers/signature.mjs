// Checks that a call comes from Provisor and is what it sent (Standard Webhooks, scheme v1).

import { createHmac, timingSafeEqual } from 'node:crypto';

// seconds that the sender's clock and ours may differ; older calls may be replays of an attacker
const TOLERANCE = 5 * 60;

/**
 * True if one of the secrets signed the call. Pass the raw body: parsed and printed again, it may differ.
 *
 * @param {string[]} secrets `whsec_…`, as Provisor showed them; two while one replaces the other
 * @param {import('node:http').IncomingHttpHeaders} headers
 * @param {Buffer | string} body
 */
export function isGenuine(secrets, headers, body, now = Date.now() / 1000) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (!id || !signatures || !/^\d+$/.test(timestamp ?? '')) return false;
  if (Math.abs(now - Number(timestamp)) > TOLERANCE) return false;
  const given = signatures.split(' ').map((signature) => Buffer.from(signature));
  return secrets.some((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const digest = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
    const expected = Buffer.from(`v1,${digest}`);
    return given.some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
  });
}
