import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { insertRejections, rejection } from '../testing/journal-rows.ts';
import { startRegistry, testKey, type TestRegistry } from '../testing/registry.ts';
import { mostRedactedBytes } from './rejected-messages.ts';

const mebibyte = 1024 * 1024;
const uneven = randomBytes(3 * mebibyte + 1);
const tooLong = Buffer.alloc(mostRedactedBytes + 1, 'x');
const rows = [rejection(1, uneven, {}), rejection(2, Buffer.alloc(0), {}), rejection(3, tooLong, {})];
const [unevenId, emptyId, tooLongId] = rows.map(({ id }) => id);

async function body(registry: TestRegistry, id: string): Promise<{ status: number; length: number; bytes: Buffer }> {
  const answer = await fetch(`${registry.url}/api/v1/rejected/${id}/body`, {
    headers: { authorization: `Bearer ${testKey}` },
  });
  const length = Number(answer.headers.get('content-length'));
  return { status: answer.status, length, bytes: Buffer.from(await answer.arrayBuffer()) };
}

describe.each([
  ['without redacted fields', []],
  ['with redacted fields', ['password']],
])('the body of a rejected message, %s,', (_, redactedFields) => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startRegistry({ redactedFields });
    await insertRejections(registry.database, ...rows);
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  it('is sent byte for byte', async () => {
    const sent = await body(registry, unevenId!);
    expect(sent).toMatchObject({ status: 200, length: uneven.length });
    expect(sent.bytes.equals(uneven)).toBe(true);
    expect(await body(registry, emptyId!)).toMatchObject({ status: 200, length: 0 });
  });

  it('that is too long to be redacted is sent only where nothing is redacted', async () => {
    const sent = await body(registry, tooLongId!);
    expect(sent.status).toBe(redactedFields.length === 0 ? 200 : 403);
    if (sent.status === 200) expect(sent.bytes.equals(tooLong)).toBe(true);
    else expect(sent.bytes.toString()).toContain('urn:provisor:problem:body-too-long-to-redact');
  });
});
