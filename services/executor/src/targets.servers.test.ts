import { createSecretKey, randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { secretContext, secretSlots, type Handler, type HttpTask } from '#contracts';
import { createLogger } from '#observability';
import { SecretBox } from '#secrets';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Workbench } from './testing/workbench.ts';

const key = createSecretKey(randomBytes(32));
const box = new SecretBox([key]);
const soon = { maxAttempts: 3, schedule: ['100ms'] };

const seal = (id: string, secrets: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(secrets).map(([slot, value]) => [slot, box.seal(value, secretContext(id, slot))]));

describe('handlers that call a target', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let other: RecordingTarget;
  let log: string;
  let events = 0;

  beforeAll(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    other = await RecordingTarget.listen();
    const lines = new PassThrough().on('data', (chunk: Buffer) => (log += chunk.toString()));
    const logger = createLogger('executor', 'trace', lines as unknown as NodeJS.WriteStream);
    log = '';
    await bench.startExecutor({ secretKeys: [key] }, logger);
  });

  beforeEach(() => {
    log = '';
    target.calls.length = other.calls.length = 0;
    target.reply = other.reply = (_call, response) => void response.end();
  });

  afterEach(async () => {
    const rows = await bench.database.query<{ id: string }[]>(`select id from handlers where status = 'enabled'`);
    for (const { id } of rows) await bench.change('handlers', id, { status: 'disabled' });
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
    await other.close();
  });

  const through = (id: string, path?: string): HttpTask => {
    return { type: 'http', target: id, ...(path !== undefined && { path }), method: 'POST', headers: {} };
  };
  const add = (task: HttpTask, fields: Partial<Handler> = {}) =>
    bench.addHandler({ name: uuidv7(), event: 'clients.update', task, retry: soon, ...fields });
  const publish = async (objectId = `o-${String(events)}`): Promise<string> => {
    const id = `e-${String(++events)}`;
    await (await bench.billing()).publish({ type: 'clients.update', id, objectId });
    return id;
  };
  const ended = (id: string) =>
    eventually(async () => {
      const row = await bench.event(id);
      return row.status === 'waiting' ? undefined : row;
    });

  it('go to its address with its headers, and hide its secrets', async () => {
    target.reply = ({ headers }, response) => void response.writeHead(400).end(JSON.stringify(headers));
    const id = uuidv7();
    await bench.addTarget({
      id,
      baseUrl: target.url('/v1/'),
      headers: { 'X-Tenant': 'acme', 'X-Key': '***', 'X-Source': 'target' },
      secretHeaders: ['x-key'],
      auth: { type: 'basic', username: 'me', password: '***' },
      secrets: seal(id, { 'header:x-key': 'planted-header', [secretSlots.auth]: 'planted-password' }),
    });
    await add({ ...through(id, '/accounts?a=1'), headers: { 'x-source': 'handler' } });
    const event = await publish();
    expect(await ended(event)).toMatchObject({ status: 'failed' });
    const [call] = target.calls;
    expect(call).toMatchObject({
      path: '/v1/accounts?a=1',
      headers: {
        'x-tenant': 'acme',
        'x-key': 'planted-header',
        'x-source': 'handler',
        authorization: `Basic ${Buffer.from('me:planted-password').toString('base64')}`,
      },
    });
    const kept = JSON.stringify(await bench.attempts(event)) + log;
    expect(kept).not.toContain('planted');
    expect(kept).not.toContain(Buffer.from('me:planted-password').toString('base64'));
  });

  it('go to its new address as soon as it has changed, and those of other targets are left alone', async () => {
    const id = await bench.addTarget({ baseUrl: target.url() });
    await add(through(id, '/a'), { priority: 1 });
    await add(through(id, '/b'), { priority: 2 });
    await ended(await publish());
    expect(target.calls.map(({ path }) => path)).toEqual(['/a', '/b']);
    await bench.change('targets', id, { base_url: other.url('/moved') });
    await ended(await publish());
    expect(other.calls.map(({ path }) => path)).toEqual(['/moved/a', '/moved/b']);
    expect(target.calls).toHaveLength(2);
  });

  it('wait while a secret of it does not open, uncounted, and are called when it has been set again', async () => {
    const id = uuidv7();
    const sealedForAnother = seal(uuidv7(), { [secretSlots.auth]: 'planted' });
    await bench.addTarget({
      id,
      baseUrl: target.url(),
      auth: { type: 'basic', username: 'me', password: '***' },
      secrets: sealedForAnother,
    });
    await add(through(id));
    const event = await publish();
    await eventually(async () => ((await bench.attempts(event)).length > 0 ? true : undefined));
    expect(await bench.attempts(event)).toMatchObject([{ reason: 'secrets_unavailable', counted: false }]);
    expect(log).toContain('failed to decrypt target secrets');
    expect(target.calls).toEqual([]);
    await bench.change('targets', id, { secrets: seal(id, { [secretSlots.auth]: 'planted' }) });
    await bench.database.query('update deferral_keys set due_at = now()');
    await bench.database.query(
      `update deferrals set progress = jsonb_set(progress, '{steps,0,dueAt}', '0') where event_id = $1`,
      [event],
    );
    expect(await ended(event)).toMatchObject({ status: 'succeeded' });
  });

  it('have an access token, which nothing keeps; without it they wait uncounted', async () => {
    let status = 500;
    other.reply = (_call, response) => {
      response.writeHead(status).end(JSON.stringify({ access_token: 'planted-token', expires_in: 600 }));
    };
    target.reply = ({ headers }, response) => void response.end(`you sent ${String(headers.authorization)}`);
    const id = uuidv7();
    await bench.addTarget({
      id,
      baseUrl: target.url(),
      auth: {
        type: 'oauth2_client_credentials',
        tokenUrl: other.url('/token'),
        clientId: 'me',
        clientSecret: '***',
        style: 'body',
      },
      secrets: seal(id, { [secretSlots.auth]: 'planted-secret' }),
    });
    const handlerId = await add(through(id));
    const event = await publish();
    await eventually(async () => ((await bench.attempts(event)).length > 0 ? true : undefined));
    const message = `the token endpoint ${other.url('/token')} answered 500`;
    expect(await bench.attempts(event)).toMatchObject([
      { reason: 'auth_unavailable', message, counted: false, reached: 'no', status: 'waiting' },
    ]);
    expect(target.calls).toEqual([]);
    status = 200;
    expect(await ended(event)).toMatchObject({ status: 'succeeded' });
    expect((await bench.attempts(event)).at(-1)).toMatchObject({ number: 1, status: 'succeeded' });
    expect(target.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer planted-token']);
    expect(other.calls.at(-1)!.body).toBe('grant_type=client_credentials&client_id=me&client_secret=planted-secret');
    expect(JSON.stringify(await bench.attempts(event)) + log).not.toContain('planted');
    expect((await bench.attempts(event)).at(-1)!.response).toContain('you sent Bearer ***');
    expect(handlerId).toBeDefined();
  });

  it('share one circuit breaker: what one of them finds out holds for the others', async () => {
    target.reply = (_call, response) => void response.writeHead(503).end();
    const id = await bench.addTarget({ baseUrl: target.url(), name: 'the dead one' });
    const never = { maxAttempts: 2, schedule: ['1h'] };
    await add(through(id, '/first'), { retry: never });
    for (let n = 0; n < 20; n++) await publish();
    const circuits = await eventually(async () => {
      const [row] = await bench.database.query<{ circuits: { targetId?: string }[] }[]>(
        'select circuits from executors',
      );
      return row!.circuits.some(({ targetId }) => targetId === id) ? row!.circuits : undefined;
    });
    expect(circuits).toContainEqual(expect.objectContaining({ targetId: id, open: true, openings: 1 }));
    expect(circuits).not.toContainEqual(expect.objectContaining({ handlerId: expect.anything() }));
    expect(log).toContain('circuit breaker opened: most calls of the target fail; its events wait');
    // A probe whose request cannot be made says nothing of the target.
    const unmade = `e-${String(++events)}`;
    const task = through(id, '/{{ data.gone }}');
    await bench.addHandler({ name: 'cannot be made', event: 'clients.archive', task, retry: soon });
    await (await bench.billing()).publish({ type: 'clients.archive', id: unmade, objectId: 'unmade' });
    expect(await ended(unmade)).toMatchObject({ status: 'failed' });
    expect(await bench.attempts(unmade)).toMatchObject([{ reason: 'template_failed', reached: 'no' }]);
    expect(log).not.toContain('circuit breaker closed');
    const second = await bench.addHandler({
      name: 'second of the dead one',
      event: 'clients.create',
      task: through(id, '/second'),
      retry: soon,
    });
    const event = `e-${String(++events)}`;
    target.reply = (_call, response) => void response.end();
    await (await bench.billing()).publish({ type: 'clients.create', id: event, objectId: 'other' });
    expect(await ended(event)).toMatchObject({ status: 'succeeded' });
    // It went through the slow lane as a probe, and has closed the circuit.
    expect(log).toContain('circuit breaker closed: the target responds again');
    expect(second).toBeDefined();
  });
});
