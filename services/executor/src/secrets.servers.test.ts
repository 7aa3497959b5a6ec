import { createSecretKey, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { retryDeferralPattern, secretContext, testHandlerPattern, type HttpTask } from '#contracts';
import { createLogger } from '#observability';
import { SecretBox } from '#secrets';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Requester } from '../../../test/support/requester.ts';
import { Workbench } from './testing/workbench.ts';

const key = createSecretKey(randomBytes(32));
const box = new SecretBox([key]);
const otherBox = new SecretBox([createSecretKey(randomBytes(32))]);

describe('the secrets of a handler', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let log: string;
  const logger = () => {
    const lines = new PassThrough().on('data', (chunk: Buffer) => (log += chunk.toString()));
    return createLogger('executor', 'trace', lines as unknown as NodeJS.WriteStream);
  };

  beforeEach(async () => {
    log = '';
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
  });

  afterEach(async () => {
    await bench.close();
    await target.close();
  });

  const task = (): HttpTask => ({
    type: 'http',
    url: target.url('/called'),
    method: 'POST',
    headers: { Authorization: '***', 'X-Vendor-Thing': '***', accept: '*/*' },
    secretHeaders: ['authorization', 'x-vendor-thing'],
  });
  const values = { 'header:authorization': 'Bearer planted-bearer', 'header:x-vendor-thing': 'planted-vendor' };

  function sealedBy(by: SecretBox, id: string): Record<string, string> {
    const sealed = Object.entries(values).map(([slot, value]) => [slot, by.seal(value, secretContext(id, slot))]);
    return Object.fromEntries(sealed) as Record<string, string>;
  }

  async function addHandler(by: SecretBox, other: { sealedFor?: string; name?: string; event?: string } = {}) {
    const id = uuidv7();
    const { sealedFor = id, ...fields } = other;
    const secrets = sealedBy(by, sealedFor);
    return bench.addHandler({ id, name: 'sealed', event: 'clients.update', task: task(), secrets, ...fields });
  }
  const publish = async (id: string, type = 'clients.update', objectId = 'a') =>
    (await bench.billing()).publish({ type, id, objectId });
  const waits = (id: string) =>
    eventually(async () => ((await bench.event(id)).status === 'waiting' ? true : undefined));
  const ended = (id: string) =>
    eventually(async () => {
      const row = await bench.event(id);
      return row.status === 'waiting' ? undefined : row;
    });

  it('reach the target, and of its answer neither the journal nor the log, though it repeats all', async () => {
    target.reply = ({ headers, path }, response) => {
      response.setHeader('x-echo', String(headers.authorization));
      response.statusCode = path === '/called' ? 400 : 200;
      response.end(JSON.stringify(headers));
    };
    const id = await addHandler(box);
    await bench.startExecutor({ secretKeys: [key] }, logger());
    await publish('echoed');
    expect(await ended('echoed')).toMatchObject({ status: 'failed' });
    const requester = await Requester.connect(bench.sandbox.amqpUrl);
    const order = { handlerId: id, body: target.calls[0]!.body, partitionKey: 'a', traceparent: null };
    const tried = await requester.ask(testHandlerPattern, order);
    await requester.close();
    expect(target.calls.map(({ headers }) => [headers.authorization, headers['x-vendor-thing']])).toEqual(
      Array.from({ length: 2 }, () => ['Bearer planted-bearer', 'planted-vendor']),
    );
    const attempts = await bench.attempts('echoed');
    expect(attempts).toHaveLength(2);
    expect(attempts[0]!.response).toContain('"x-echo":"***"');
    const tables = ['events', 'attempts', 'deferrals', 'executors', 'handlers'];
    const rows = await Promise.all(tables.map((name) => bench.database.query(`select t::text from ${name} t`)));
    for (const place of [JSON.stringify(rows), JSON.stringify(tried), log]) expect(place).not.toContain('planted');
    expect(log).toContain('"msg":"attempt"');
  });

  it('that do not open, or were moved from another handler, keep its events waiting, uncounted, until they do', async () => {
    const id = await addHandler(otherBox);
    const moved = await addHandler(box, { sealedFor: uuidv7(), name: 'moved', event: 'clients.create' });
    const keyless = await bench.startExecutor({ secretKeys: [key] }, logger());
    await publish('kept');
    await publish('moved', 'clients.create', 'b');
    await waits('kept');
    await waits('moved');
    expect(await bench.attempts('kept')).toMatchObject([
      {
        outcome: 'retryable',
        reason: 'secrets_unavailable',
        message: `the secret header:authorization does not open: SECRETS_KEY has no key with the id ${otherBox.keyId!}`,
      },
    ]);
    expect(await bench.attempts('moved')).toMatchObject([
      { reason: 'secrets_unavailable', message: expect.stringContaining('sealed for another place') },
    ]);
    expect(target.calls).toEqual([]);
    const said = log.split('\n').filter((line) => line.includes('failed to decrypt handler secrets'));
    expect(said.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({
        level: 'error',
        handlers: expect.arrayContaining([
          {
            id,
            name: 'sealed',
            slot: 'header:authorization',
            keyId: otherBox.keyId,
            code: 'secrets_key_missing',
          },
          expect.objectContaining({ id: moved, keyId: box.keyId, code: 'secret_unopened' }),
        ]),
      }),
    ]);
    await keyless.stop();
    await bench.database.query('update handlers set secrets = $2 where id = $1', [id, sealedBy(box, id)]);
    await bench.startExecutor({ secretKeys: [key] }, logger());
    const requester = await Requester.connect(bench.sandbox.amqpUrl);
    await requester.ask(retryDeferralPattern, { key: 'a' });
    await requester.close();
    expect(await ended('kept')).toMatchObject({ status: 'succeeded' });
    expect(target.calls.map(({ headers }) => headers['provisor-attempt'])).toEqual(['1']);
  });

  it('and what they are sealed with are in no environment of a script', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'provisor-'));
    await writeFile(join(folder, 'environment.sh'), '#!/bin/sh\nenv\ntr "\\0" "\\n" < /proc/$PPID/environ || true\n', {
      mode: 0o755,
    });
    const text = key.export().toString('base64');
    process.env['SECRETS_KEY'] = text;
    try {
      await bench.addHandler({
        name: 'script',
        event: 'clients.update',
        task: { type: 'script', path: 'environment.sh', args: [], mode: 'once' },
      });
      await bench.startExecutor({ scriptsDirs: [folder] });
      await publish('env');
      expect(await ended('env')).toMatchObject({ status: 'succeeded' });
      const [attempt] = await bench.attempts('env');
      const said = attempt!.response;
      expect(said).toContain('PROVISOR_HANDLER_ID');
      for (const secret of ['SECRETS_KEY', text]) expect(said).not.toContain(secret);
    } finally {
      delete process.env['SECRETS_KEY'];
      await rm(folder, { recursive: true });
    }
  });
});
