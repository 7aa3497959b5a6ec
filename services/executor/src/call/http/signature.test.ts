import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { execaSync } from 'execa';
import { Webhook } from 'standardwebhooks';
import type { SigningKey } from '../call.ts';
import { onlyWhere } from '../../../../../tools/test/only-where.ts';
import { webhookSignature } from './http-message.ts';

const examples = fileURLToPath(new URL('../../../../../examples/receivers/', import.meta.url));
const hasPython = execaSync('python3', ['--version'], { reject: false }).exitCode === 0;

const key = (expiresAt: Date | null = null): SigningKey => ({ key: randomBytes(32), expiresAt });
const secretOf = ({ key }: SigningKey): string => `whsec_${key.toString('base64')}`;

const call = {
  id: '019ca8ad-fa20-750b-bb79-f92873b810ee',
  timestamp: String(Math.floor(Date.now() / 1000)),
  body: '{"event":{"id":"e-1"},"data":{"name":"Жанна ✓","balance":12.50}}',
};
const headersOf = (signature: string | undefined): Record<string, string> => ({
  'webhook-id': call.id,
  'webhook-timestamp': call.timestamp,
  'webhook-signature': signature ?? '',
});

type Check = (secret: string, headers: Record<string, string>, body: string) => Promise<boolean> | boolean;

const reference: Check = (secret, headers, body) => {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
};

const exampleInNode: Check = async (secret, headers, body) => {
  const { isGenuine } = (await import(`${examples}signature.mjs`)) as {
    isGenuine: (secrets: string[], headers: object, body: Buffer) => boolean;
  };
  return isGenuine([secret], headers, Buffer.from(body));
};

const pythonProgram = `
import json, sys
sys.path.insert(0, sys.argv[1])
from signature import is_genuine
secret, headers, body = json.load(sys.stdin)
sys.exit(0 if is_genuine([secret], headers, body.encode()) else 3)`;

const exampleInPython: Check = (secret, headers, body) => {
  const input = JSON.stringify([secret, headers, body]);
  const { exitCode, stderr } = execaSync('python3', ['-B', '-c', pythonProgram, examples], { input, reject: false });
  if (exitCode !== 0 && exitCode !== 3) throw new Error(stderr);
  return exitCode === 0;
};

describe.each([
  ['the reference library of Standard Webhooks', it, reference],
  ['the example in Node', it, exampleInNode],
  ['the example in Python', onlyWhere(it, hasPython, 'python3'), exampleInPython],
])('a signed call, checked by %s', (_name, checked, check) => {
  const current = key();
  const previous = key(new Date(Date.now() + 60_000));
  const expired = key(new Date(Date.now() - 1));
  const headers = headersOf(webhookSignature([current, previous, expired], call, new Date()));

  checked('is genuine to whoever knows the current secret, or the one that it replaces', async () => {
    expect(await check(secretOf(current), headers, call.body)).toBe(true);
    expect(await check(secretOf(previous), headers, call.body)).toBe(true);
  });

  checked('is not signed with a secret that has expired, or with any other', async () => {
    expect(await check(secretOf(expired), headers, call.body)).toBe(false);
    expect(await check(secretOf(key()), headers, call.body)).toBe(false);
  });

  checked('is not genuine when its body, id or time is another', async () => {
    const secret = secretOf(current);
    expect(await check(secret, headers, call.body.replace('12.50', '12.5'))).toBe(false);
    expect(await check(secret, { ...headers, 'webhook-id': 'another' }, call.body)).toBe(false);
    const later = String(Number(call.timestamp) + 1);
    expect(await check(secret, { ...headers, 'webhook-timestamp': later }, call.body)).toBe(false);
  });

  checked('is not genuine without a signature, or long after it was made', async () => {
    const secret = secretOf(current);
    expect(await check(secret, headersOf(undefined), call.body)).toBe(false);
    const timestamp = String(Number(call.timestamp) - 301);
    const signature = webhookSignature([current], { ...call, timestamp }, new Date());
    expect(await check(secret, { ...headersOf(signature), 'webhook-timestamp': timestamp }, call.body)).toBe(false);
  });
});

describe('a call of a handler without a secret', () => {
  it('has no signature', () => {
    expect(webhookSignature([], call, new Date())).toBeUndefined();
    expect(webhookSignature([key(new Date(0))], call, new Date())).toBeUndefined();
  });
});
