import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Task } from '#contracts';
import { createLogger } from '#observability';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { ExecutorApp } from './executor-app.ts';
import { Workbench } from './testing/workbench.ts';

/** Planted in a redacted field; with what JSON escapes in different ways. */
const planted = 'hünter2/"sesame"';
/** How it can be known again, in whatever spelling. */
const trace = /nter2|sesame/;
const data = { id: 12, plan: 'gold', auth_password: planted, name: 'Acme', pin: '123456' };

const answers: Record<string, { status: number; body: (received: string) => string }> = {
  '/echo': { status: 200, body: (received) => received },
  '/prose': { status: 500, body: () => `no such user with ${planted}, as ${JSON.stringify(planted)} and 123456` },
};
const scripts = {
  'echo.sh': `#!/bin/sh\ncat\nprintf '%s\\n' '${planted}' >&2\n`,
  'stays.sh': `#!/bin/sh\nread -r line\nprintf '%s\\n' "answer: $line"\n`,
};

describe('values of redacted fields', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let executor: ExecutorApp;
  let folder: string;
  const log = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: false });
  let logged = '';
  beforeAll(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    target.reply = ({ path, body }, response) => {
      const answer = answers[path]!;
      response.writeHead(answer.status, { 'x-echo': encodeURIComponent(planted) }).end(answer.body(body));
    };
    folder = await mkdtemp(join(tmpdir(), 'provisor-'));
    for (const [name, text] of Object.entries(scripts)) await writeFile(join(folder, name), text, { mode: 0o755 });
    log.on('data', (text: string) => (logged += text));
    const settings = bench.settings({ scriptsDirs: [folder], logLevel: 'debug' });
    executor = await ExecutorApp.create(
      settings,
      createLogger('executor', 'debug', log as unknown as NodeJS.WriteStream),
    );
    const retry = { maxAttempts: 1, schedule: [] };
    const handler = { event: 'clients.update', onFailure: 'continue', retry } as const;
    for (const [index, path] of Object.keys(answers).entries()) {
      const task: Task = { type: 'http', url: target.url(path), method: 'POST', headers: {} };
      await bench.addHandler({ ...handler, name: path, priority: index + 1, task });
    }
    for (const [index, name] of Object.keys(scripts).entries()) {
      const mode = name === 'stays.sh' ? 'persistent' : 'once';
      const task: Task = { type: 'script', path: join(folder, name), args: [], mode };
      await bench.addHandler({ ...handler, name, priority: index + 3, task });
    }
    await executor.start();
    await eventually(async () => ((await fetch(`${await executor.url()}/readyz`)).ok ? true : undefined));
  });
  afterAll(async () => {
    await executor.stop();
    await bench.close();
    await target.close();
    await rm(folder, { recursive: true });
  });

  it('reach handlers, and come back neither to the journal nor to the log, with a name or without', async () => {
    const billing = await bench.billing();
    const id = await billing.publish({ type: 'clients.update', data });
    await bench.event(id);
    const attempts = await bench.attempts(id);
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['success', 'retryable', 'success', 'retryable']);
    const responses = attempts.map(({ response }) => JSON.parse(response) as Record<string, Record<string, unknown>>);
    expect(responses[0]!['http']).toMatchObject({
      headers: { 'x-echo': '***' },
      body: expect.stringContaining('"auth_password":"***","name":"Acme","pin":"***"'),
    });
    expect(responses[1]!['http']!['body']).toBe('no such user with ***, as "***" and ***');
    expect(responses[2]!['script']).toMatchObject({
      stdout: expect.stringContaining('"auth_password":"***","name":"Acme"'),
      stderr: '***\n',
    });
    // It was cut within the value.
    expect(attempts[3]).toMatchObject({
      reason: 'bad_reply',
      message: expect.stringMatching(/"auth_password":"\*\*\*"$/),
    });
    expect(JSON.stringify(attempts)).not.toMatch(trace);

    expect(target.calls.map(({ body }) => (JSON.parse(body) as { data: object }).data)).toEqual([data, data]);
    expect(await bench.event(id)).toMatchObject({ body: target.calls[0]!.body });

    await billing.publishRaw('clients.update', Buffer.from(`{"data":{"auth_password": ${planted}}}`));
    await eventually(() => Promise.resolve(logged.includes('not_json') || undefined));
    expect(logged).toContain(`"eventId":"${id}"`);
    expect(logged).not.toMatch(trace);
  });
});
