import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { isNotice, type Notice, type NoticeType } from '#contracts';
import { createPool } from '#database';
import { createLogger } from '#observability';
import { eventually } from '../../../test/support/eventually.ts';
import { NoticeListener } from '../../../test/support/notice-listener.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import type { StoredNotice } from './control/notices/notice-sender.ts';
import { NoticeWatch } from './control/notices/notice-watch.ts';
import { Workbench } from './testing/workbench.ts';

/** Long enough that a second notice within it would be seen, short enough to wait for. */
const noticeIntervalMs = 4_000;
const once = { maxAttempts: 1, schedule: ['1s'] };

describe('notices', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let listener: NoticeListener;
  /** Paths that are answered with an error. */
  const failing = new Set<string>();
  /** Notices that the handlers of this test were called with. */
  const lasted: { type: NoticeType; data: Notice; at: string }[] = [];
  const handled: { type: NoticeType; data: Notice; id: string }[] = [];

  beforeAll(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    target.reply = ({ path, body }, response) => {
      if (path === '/notices') {
        const { event, data } = JSON.parse(body) as { event: { id: string; events_id: NoticeType }; data: Notice };
        handled.push({ type: event.events_id, data, id: event.id });
      }
      if (path === '/lasting') {
        const { event, data } = JSON.parse(body) as { event: { dt: string; events_id: NoticeType }; data: Notice };
        lasted.push({ type: event.events_id, data, at: event.dt });
      }
      response.writeHead(failing.has(path) ? 503 : 200).end('password=hunter2');
    };
    listener = await NoticeListener.connect(bench.sandbox.amqpUrl);
    await bench.startExecutor({
      noticeIntervalMs,
      keyStuckAfterMs: 1_500,
      publicUrl: 'https://provisor.example.org',
      logLevel: 'fatal',
    });
    for (const event of ['provisor.failure.opened', 'provisor.failures.cleared', 'provisor.message.rejected']) {
      await bench.addHandler({ name: event, event, task: taskOf('/notices'), retry: once });
    }
  });

  afterEach(() => failing.clear());

  afterAll(async () => {
    await listener.close();
    await bench.close();
    await target.close();
  });

  const taskOf = (path: string) => ({ type: 'http', url: target.url(path), method: 'POST', headers: {} }) as const;
  const toldOfLasting = (subjectId: string, count: number) =>
    eventually(() => {
      const found = lasted.filter(({ data }) => data.subject.id === subjectId);
      return found.length >= count ? found : undefined;
    });
  const publish = async (type: string, objectId: number) => (await bench.billing()).publish({ type, objectId });

  it('tell of a failure at once, of those that follow once in an interval, and of the end', async () => {
    const event = 'clients.create';
    const handlerId = await bench.addHandler({ name: 'Create', event, task: taskOf('/create'), retry: once });
    failing.add('/create');
    const first = await publish(event, 1);
    const [notice] = await listener.heard('provisor.failure.opened', handlerId);
    const [{ execution_id: executionId }] = await bench.database.query<[{ execution_id: string }]>(
      'select execution_id from failures where event_id = $1',
      [first],
    );
    expect(notice).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}-1$/),
      type: 'provisor.failure.opened',
      data: {
        subject: { type: 'handler', id: handlerId, name: 'Create' },
        since: expect.any(String),
        count: 1,
        reason: 'http_status',
        message: expect.any(String),
        lasting: null,
        link: `https://provisor.example.org/failures?handlerId=${handlerId}`,
        first: expect.objectContaining({ eventId: first, event, objectId: 1, partitionKey: '1', executionId }),
      },
    });
    for (const objectId of [2, 3, 4]) await bench.event(await publish(event, objectId));
    const both = await listener.heard('provisor.failure.opened', handlerId, 2);
    expect(both.map(({ data }) => data.count)).toEqual([1, 3]);
    await bench.database.query(`update failures set settled_as = 'ignored', settled_at = now() where handler_id = $1`, [
      handlerId,
    ]);
    const [end] = await listener.heard('provisor.failures.cleared', handlerId);
    expect(end!.data).toMatchObject({ count: 4, reason: null, since: notice!.data.since });
    // Handlers run for the same notices.
    const ofHandler = await eventually(() => {
      const found = handled.filter(({ data }) => data.subject.id === handlerId);
      return found.length === 3 ? found : undefined;
    });
    expect(ofHandler).toEqual(listener.notices.filter(({ data }) => data.subject.id === handlerId));
    expect(await bench.event(notice!.id)).toMatchObject({
      type: 'provisor.failure.opened',
      partition_key: `handler:${handlerId}`,
    });
  });

  it('tell handlers with lasting of a trouble that has lasted, and of its end only then', async () => {
    const lasting = '2s';
    const types = ['provisor.failure.opened', 'provisor.failures.cleared'] as const;
    for (const event of types) {
      await bench.addHandler({ name: `lasting ${event}`, event, lasting, task: taskOf('/lasting'), retry: once });
    }
    const event = 'clients.packages.close';
    failing.add('/close');
    const fails = (name: string) => bench.addHandler({ name, event, task: taskOf('/close'), retry: once });
    const settle = (id: string) =>
      bench.database.query(`update failures set settled_as = 'ignored', settled_at = now() where handler_id = $1`, [
        id,
      ]);
    const [brief, long] = [await fails('brief'), await fails('long')];
    await bench.change('handlers', brief, { on_failure: 'continue' });
    await publish(event, 9);
    await listener.heard(types[0], brief);
    await settle(brief);
    await listener.heard(types[1], brief);
    await listener.heard(types[0], long);
    const [told] = await toldOfLasting(long, 1);
    expect(told).toMatchObject({ type: types[0], data: { lasting, count: 1 } });
    expect(Date.parse(told!.at) - Date.parse(told!.data.since)).toBeGreaterThanOrEqual(2_000);
    await settle(long);
    expect(await toldOfLasting(long, 2)).toMatchObject([{ type: types[0] }, { type: types[1], data: { lasting } }]);
    expect(lasted.filter(({ data }) => data.subject.id === brief)).toEqual([]);
    await listener.heard(types[1], long);
    // Other systems and other handlers hear of each once.
    for (const id of [brief, long]) {
      const heard = listener.notices.filter(({ data }) => data.subject.id === id).map(({ type }) => type);
      expect(heard).toEqual(types);
      const ran = await eventually(() => {
        const of = handled.filter(({ data }) => data.subject.id === id);
        return of.length >= 2 ? of.map(({ type }) => type) : undefined;
      });
      expect(ran).toEqual(types);
    }
  });

  it('are not made of what goes wrong with notices', async () => {
    failing.add('/notices');
    const event = 'clients.update';
    const handlerId = await bench.addHandler({ name: 'Update', event, task: taskOf('/update'), retry: once });
    failing.add('/update');
    await publish(event, 5);
    const [notice] = await listener.heard('provisor.failure.opened', handlerId);
    await eventually(async () => (await bench.event(notice!.id)).status === 'failed' || undefined);
    const [{ failures }] = await bench.database.query<[{ failures: number }]>(
      'select count(*)::integer as failures from failures where event_type = $1',
      [notice!.type],
    );
    expect(failures).toBeGreaterThan(0);
    // A later trouble of another handler shows that a look came after that failure.
    const later = await bench.addHandler({
      name: 'Delete',
      event: 'clients.delete',
      task: taskOf('/update'),
      retry: once,
    });
    await publish('clients.delete', 6);
    await listener.heard('provisor.failure.opened', later);
    const [{ id }] = await bench.database.query<[{ id: string }]>('select id from handlers where name = $1', [
      notice!.type,
    ]);
    expect(listener.notices.filter(({ data }) => data.subject.id === id)).toEqual([]);
  });

  it('tell of rejected messages by reason, with how many', async () => {
    const billing = await bench.billing();
    await billing.publishRaw('clients.create', Buffer.from('nonsense'), { messageId: 'm-1' });
    const [notice] = await listener.heard('provisor.message.rejected', 'not_json');
    expect(notice!.data).toMatchObject({
      subject: { type: 'reason', id: 'not_json' },
      count: 1,
      reason: 'not_json',
      link: 'https://provisor.example.org/rejected?reason=not_json',
      first: { eventId: 'm-1', rejectedId: expect.any(String) },
    });
    for (const n of [1, 2]) await billing.publishRaw('clients.create', Buffer.from(`nonsense ${n}`));
    const both = await listener.heard('provisor.message.rejected', 'not_json', 2);
    expect(both.map(({ data }) => data.count)).toEqual([1, 2]);
  });

  it('tell of keys that wait too long, and when none does any more', async () => {
    const event = 'clients.archive';
    const retry = { maxAttempts: 50, schedule: ['500ms'] };
    const handlerId = await bench.addHandler({ name: 'Archive', event, task: taskOf('/archive'), retry });
    failing.add('/archive');
    const first = await publish(event, 7);
    await publish(event, 8);
    const [notice] = await listener.heard('provisor.key.stuck', handlerId);
    expect(notice!.data).toMatchObject({
      subject: { type: 'handler', name: 'Archive' },
      reason: 'http_status',
      first: { eventId: first, partitionKey: '7' },
      link: `https://provisor.example.org/waiting?handlerId=${handlerId}`,
    });
    failing.delete('/archive');
    await listener.heard('provisor.key.freed', handlerId);
    expect(listener.of('provisor.key.freed', handlerId)).toHaveLength(1);
  });

  it('tell that a circuit breaker is open, and closed again', async () => {
    const event = 'clients.packages.assign';
    const retry = { maxAttempts: 50, schedule: ['300ms'] };
    const handlerId = await bench.addHandler({ name: 'Assign', event, task: taskOf('/assign'), retry });
    failing.add('/assign');
    for (let objectId = 100; objectId < 130; objectId++) await publish(event, objectId);
    const [notice] = await listener.heard('provisor.circuit.opened', handlerId);
    expect(notice!.data).toMatchObject({ reason: 'circuit_open', count: 1, first: { executorId: expect.any(String) } });
    failing.delete('/assign');
    await listener.heard('provisor.circuit.closed', handlerId);
    expect(listener.of('provisor.circuit.opened', handlerId)).toHaveLength(1);
  });

  it('tell of an executor that has stopped without saying so', async () => {
    const id = uuidv7();
    await bench.database.query(
      `insert into executors (id, host, pid, version, started_at, heartbeat_at, revision, revision_at, partitions, in_flight)
       values ($1, 'node-2', 4711, '1', now(), now() - interval '1 minute', 1, now(), '{}', 0)`,
      [id],
    );
    const [notice] = await listener.heard('provisor.executor.lost', id);
    expect(notice!.data).toMatchObject({ subject: { type: 'executor', name: 'node-2:4711' }, reason: 'no_heartbeat' });
    expect(listener.notices.filter(({ data }) => data.subject.id === id)).toHaveLength(1);
  });

  it('have nothing in them that is redacted', () => {
    expect(listener.notices.length).toBeGreaterThan(5);
    expect(JSON.stringify(listener.notices)).not.toContain('hunter2');
    expect(listener.notices.every(({ type }) => isNotice(type))).toBe(true);
  });
});

describe('a notice that was written', () => {
  it('is sent again with the same id after a crash, by one executor at a time, and runs once', async () => {
    const bench = await Workbench.open();
    const pool = createPool(bench.sandbox.executorDatabaseUrl, () => undefined);
    const sent: StoredNotice[] = [];
    let isBroken = true;
    const watch = (name: string) =>
      new NoticeWatch({
        pool,
        sender: {
          send: (notice) => {
            sent.push({ ...notice });
            return isBroken ? Promise.reject(new Error(`${name} has no broker`)) : Promise.resolve();
          },
        },
        style: { publicUrl: undefined, hide: (text) => text },
        intervalMs: 600_000,
        keyStuckAfterMs: 600_000,
        retentionMs: 600_000,
        logger: createLogger('executor', 'silent'),
      });
    await bench.database.query(
      `insert into rejected_messages (id, rejected_at, reason, message, errors, exchange, routing_key, properties, size, body, fingerprint)
       select gen_random_uuid(), now(), 'not_json', 'm', '[]', '', '', '{}', 0, '', '' from generate_series(1, 3)`,
    );
    const first = watch('first');
    first.start();
    await eventually(() => (sent.length > 1 ? true : undefined));
    await first.stop();
    const second = watch('second');
    isBroken = false;
    const before = sent.length;
    second.start();
    await eventually(async () => {
      const [row] = await bench.database.query<{ sent_at: Date | null }[]>('select sent_at from notices');
      return row?.sent_at ?? undefined;
    });
    await second.stop();
    expect(new Set(sent.map(({ id, body }) => `${id} ${body}`)).size).toBe(1);
    expect(sent.length).toBe(before + 1);
    expect(JSON.parse(sent[0]!.body)).toMatchObject({ data: { count: 3 } });
    await pool.end();
    await bench.close();
  });
});
