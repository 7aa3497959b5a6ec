import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { secretContext, type HttpTask } from '#contracts';
import { SecretBox } from '#secrets';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget, type RecordedCall } from '../../../test/support/recording-target.ts';
import type { ExecutorApp } from './executor-app.ts';
import { Workbench } from './testing/workbench.ts';

const key = createSecretKey(randomBytes(32));
const box = new SecretBox([key]);

describe('requests shaped by the event', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let folder: string;
  let executor: ExecutorApp;

  beforeAll(async () => {
    [bench, target, folder] = await Promise.all([
      Workbench.open(),
      RecordingTarget.listen(),
      mkdtemp(join(tmpdir(), 'provisor-shaped-')),
    ]);
    executor = await bench.startExecutor({ secretKeys: [key], scriptsDirs: [folder], shutdownTimeoutMs: 100 });
  });

  afterEach(() => {
    target.reply = (_call, response) => void response.end();
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
    await rm(folder, { recursive: true });
  });

  const task = (path: string, fields: Partial<HttpTask> = {}): HttpTask => {
    return { type: 'http', url: target.url(path), method: 'POST', headers: {}, ...fields };
  };
  const callsOf = (id: string): RecordedCall[] =>
    target.calls.filter(({ headers }) => headers['provisor-event-id'] === id);
  const answerJson = (document: object) => (_call: RecordedCall, response: { end(text: string): unknown }) =>
    void response.end(JSON.stringify(document));

  it('have path, query, headers and body of the event, each escaped for its place, and are signed as they are sent', async () => {
    const event = 'clients.create';
    const body = '{"id": {{ data.id }}, "name": "{{ data.name }}", "all": {{ data }}}';
    const headers = { 'X-Client': 'c-{{ data.id }}' };
    await bench.addHandler({
      name: 'shaped',
      event,
      task: task('/clients/{{ data.name }}?tag={{ data.tag }}', { method: 'PUT', headers, body }),
    });
    const data = '{"id":9223372036854775807,"name":"a/../\\"b\\"","tag":"x&y=1"}';
    const billing = await bench.billing();
    await billing.publishRaw(
      event,
      Buffer.from(
        `{"event":{"id":"shaped","dt":"2026-03-01T09:15:00+00:00","events_id":"${event}","object_id":12},"data":${data}}`,
      ),
      { headers: { 'partition-key': '12' }, contentType: 'application/json' },
    );
    expect(await bench.event('shaped')).toMatchObject({ status: 'succeeded' });
    const [call] = callsOf('shaped');
    expect(call).toMatchObject({
      method: 'PUT',
      path: '/clients/a%2F..%2F%22b%22?tag=x%26y%3D1',
      headers: { 'x-client': 'c-9223372036854775807', 'content-type': 'application/json' },
      body: `{"id": 9223372036854775807, "name": "a/../\\"b\\"", "all": ${data}}`,
    });
  });

  it('have XML where the content type says so, are signed as they are sent, and hide secrets that placeholders complete', async () => {
    const event = 'clients.packages.assign';
    const id = uuidv7();
    const whsec = `whsec_${randomBytes(24).toString('base64')}`;
    const secrets = {
      'header:authorization': 'Key {{ data.name }}-planted-1',
      'signing:s1': whsec,
    };
    const sealed = Object.entries(secrets).map(([slot, value]) => [slot, box.seal(value, secretContext(id, slot))]);
    await bench.addHandler({
      id,
      name: 'xml',
      event,
      format: 'cloudevents',
      task: task('/soap', {
        headers: { Authorization: '***' },
        secretHeaders: ['authorization'],
        contentType: 'text/xml; charset=utf-8',
        body: '<c name="{{ data.name }}">{{ data.id }}</c>',
      }),
      secrets: Object.fromEntries(sealed) as Record<string, string>,
      signingSecrets: [{ id: 's1', createdAt: new Date().toISOString(), expiresAt: null }],
    });
    target.reply = ({ headers }, response) => void response.end(`you sent ${headers.authorization}`);
    await (await bench.billing()).publish({ type: event, id: 'xml', data: { id: 1, name: 'ann "<&' } });
    expect(await bench.event('xml')).toMatchObject({ status: 'succeeded' });
    const body = '<c name="ann &#34;&#60;&#38;">1</c>';
    const [call] = callsOf('xml');
    expect(call).toMatchObject({
      headers: { 'content-type': 'text/xml; charset=utf-8', authorization: 'Key ann "<&-planted-1' },
      body,
    });
    const { 'webhook-id': webhookId, 'webhook-timestamp': time, 'webhook-signature': signature } = call!.headers;
    const signed = createHmac('sha256', Buffer.from(whsec.slice('whsec_'.length), 'base64'))
      .update(`${String(webhookId)}.${String(time)}.${body}`)
      .digest('base64');
    expect(signature).toBe(`v1,${signed}`);
    const [{ response } = { response: '' }] = await bench.attempts('xml');
    expect(JSON.parse(response)).toMatchObject({ http: { body: 'you sent ***' } });
  });

  it('that cannot be made are failures of the handler that send nothing, and no attempt follows', async () => {
    const event = 'clients.delete';
    await bench.addHandler({ name: 'cannot', event, task: task('/c/{{ data.login }}') });
    await (await bench.billing()).publish({ type: event, id: 'cannot', data: {} });
    expect(await bench.event('cannot')).toMatchObject({ status: 'failed' });
    expect(await bench.attempts('cannot')).toMatchObject([
      {
        status: 'failed',
        outcome: 'permanent',
        reason: 'template_failed',
        reached: 'no',
        number: 1,
        message: expect.stringMatching(
          /^task\.url cannot be made for this event: line 1, column \d+: No such key: login$/,
        ),
      },
    ]);
    expect(callsOf('cannot')).toEqual([]);
  });

  it('pass arguments to scripts, each one argument', async () => {
    const out = join(folder, 'out');
    const script = join(folder, 'args.sh');
    await writeFile(script, `#!/bin/sh\nprintf '%s|' "$#" "$@" > ${out}\n`, { mode: 0o755 });
    const event = 'clients.update';
    const args = ['--name={{ data.name }}', '{{ data.none }}', 'fixed'];
    await bench.addHandler({ name: 'args', event, task: { type: 'script', path: script, args, mode: 'once' } });
    await (await bench.billing()).publish({ type: event, id: 'args', data: { name: 'a b"; $(id)\n*', none: null } });
    expect(await bench.event('args')).toMatchObject({ status: 'succeeded' });
    expect(await readFile(out, 'utf8')).toBe('3|--name=a b"; $(id)\n*||fixed|');
  });

  it('read what was kept of earlier answers, with all digits, also when an executor stops in between', async () => {
    const event = 'clients.accounts.create';
    await bench.addHandler({
      name: 'Create SIP account',
      event,
      priority: 1,
      task: task('/create'),
      keep: { sipId: 'response.json.id', all: 'response.json', gone: 'response.json.gone' },
    });
    const body = '{"sip": {{ results["Create SIP account"].sipId }}}';
    const condition = '"Create SIP account" in results';
    await bench.addHandler({ name: 'announce', event, priority: 2, task: task('/announce', { body }), condition });
    const reached = Promise.withResolvers<undefined>();
    target.reply = ({ path }, response) => {
      if (path === '/create') response.end('{"id":9223372036854775807,"at":{"x":1.5}}');
      else reached.resolve(undefined);
    };
    await (await bench.billing()).publish({ type: event, id: 'chain' });
    await reached.promise;
    await executor.stop();
    target.reply = (_call, response) => void response.end();
    executor = await bench.startExecutor({ secretKeys: [key], scriptsDirs: [folder] });
    expect(await bench.event('chain')).toMatchObject({ status: 'succeeded' });
    expect(callsOf('chain').map(({ path, body }) => [path, path === '/create' ? '' : body])).toEqual([
      ['/create', ''],
      ['/announce', '{"sip": 9223372036854775807}'],
      ['/announce', '{"sip": 9223372036854775807}'],
    ]);
    const [created] = await bench.attempts('chain');
    expect(created).toMatchObject({
      status: 'succeeded',
      message: 'keep.gone is left out: No such key: gone (line 1, column 15)',
    });
    expect(JSON.parse(created!.kept!)).toEqual({
      name: 'Create SIP account',
      values: '{"all":{"id":9223372036854775807,"at":{"x":1.5}},"sipId":9223372036854775807}',
    });
  });

  it('read them in the slow lane as well, and of a detached handler', async () => {
    const event = 'clients.packages.close';
    await bench.addHandler({ name: 'a', event, priority: 1, task: task('/a'), keep: { id: 'response.json.id' } });
    const retry = { maxAttempts: 2, schedule: ['1s'] };
    const onFailure = 'detach';
    await bench.addHandler({ name: 'b', event, priority: 2, task: task('/b/{{ results["a"].id }}'), retry, onFailure });
    await bench.addHandler({ name: 'c', event, priority: 3, task: task('/c/{{ results.a.id }}'), retry });
    const seen = new Set<string>();
    target.reply = (call, response) => {
      response.statusCode = seen.has(call.path) || call.path === '/a' ? 200 : 503;
      seen.add(call.path);
      answerJson({ id: 'x 1' })(call, response);
    };
    await (await bench.billing()).publish({ type: event, id: 'slow' });
    await eventually(async () => ((await bench.event('slow')).status === 'succeeded' ? true : undefined));
    const paths = callsOf('slow').map(({ path }) => path);
    expect(paths.sort()).toEqual(['/a', '/b/x%201', '/b/x%201', '/c/x%201', '/c/x%201']);
  });
});
