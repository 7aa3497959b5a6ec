import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { eventType, type Notice } from '#contracts';
import { createLogger } from '#observability';
import { eventually } from '../../../../test/support/eventually.ts';
import { NoticeListener } from '../../../../test/support/notice-listener.ts';
import { startRegistry, type TestRegistry } from '../testing/registry.ts';
import type { AbsenceNotice } from './absence-notice.ts';
import { AbsenceSender } from './absence-sender.ts';
import { AbsenceWatch } from './absence-watch.ts';

const publicUrl = 'https://provisor.example.org';
const subject = { type: 'handler', id: uuidv7(), name: 'Create' } as const;
const sample = eventType('provisor.failure.opened')!.sample as unknown as Notice;

describe('GET /notices', () => {
  let registry: TestRegistry;
  const told: string[] = [];

  beforeAll(async () => {
    registry = await startRegistry({ publicUrl });
    await registry.database.query(
      `insert into troubles (id, kind, subject_type, subject_id, subject_name, since, open, told, told_at, sequence, total,
         untold, size, reason, message, first)
       values ($1, 'failure', 'handler', $2, 'Create', '2026-03-01T02:00:00Z', true, true, '2026-03-01T02:00:01Z', 2, 12, 4, 1,
         'http_status', 'status 503, password=hunter2', '{"eventId":"e-1"}'),
       ($3, 'key', 'handler', $2, 'Create', '2026-03-01T03:00:00Z', false, false, null, 1, 1, 0, 0, 'retry', '', '{"eventId":null}')`,
      [uuidv7(), subject.id, uuidv7()],
    );
    for (let n = 1; n <= 5; n++) {
      const id = `${uuidv7()}-${n}`;
      told.unshift(id);
      const type = n === 5 ? 'provisor.failures.cleared' : 'provisor.failure.opened';
      const body = JSON.stringify({ event: { id }, data: { ...sample, subject, count: n } });
      await registry.database.query(
        `insert into notices (id, type, subject_type, subject_id, told_at, body, sent_at)
         values ($1, $2, 'handler', $3, $4, $5, $6)`,
        [id, type, subject.id, `2026-03-01T02:00:0${n}Z`, body, n === 5 ? null : `2026-03-01T02:00:0${n}Z`],
      );
    }
    await registry.database.query(
      `insert into executor_absences (id, since, noticed_at, ended_at, begin_sent_at, end_sent_at)
       values ($1, '2026-03-01T01:00:00Z', '2026-03-01T01:00:30Z', '2026-03-01T01:10:00Z', '2026-03-01T01:00:30Z', '2026-03-01T01:10:00Z')`,
      [uuidv7()],
    );
  });

  afterAll(async () => registry[Symbol.asyncDispose]());

  it('shows the troubles that go on, without what is redacted', async () => {
    const { status, body } = await registry.call('GET', '/api/v1/notices');
    expect(status).toBe(200);
    expect(body.open).toEqual([
      {
        type: 'provisor.failure.opened',
        subject,
        since: '2026-03-01T02:00:00.000Z',
        count: 12,
        reason: 'http_status',
        message: 'status 503, password=***',
        link: `${publicUrl}/failures?handlerId=${subject.id}`,
        lasting: null,
        first: { eventId: 'e-1' },
        lastNoticeAt: '2026-03-01T02:00:01.000Z',
      },
    ]);
  });

  it('lists what was told, the newest first and page by page, also by the registry itself', async () => {
    const items: { id: string; type: string; count: number; at: string; sentAt: string | null }[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await registry.call('GET', `/api/v1/notices?limit=2${query}`);
      items.push(...(body.items as typeof items));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(items.slice(0, 5).map(({ id }) => id)).toEqual(told);
    expect(items[0]).toMatchObject({
      type: 'provisor.failures.cleared',
      count: 5,
      at: '2026-03-01T02:00:05.000Z',
      sentAt: null,
      subject,
    });
    expect(items.slice(5)).toMatchObject([
      { type: 'provisor.executors.back', at: '2026-03-01T01:10:00.000Z', link: `${publicUrl}/executors` },
      { type: 'provisor.executors.none', at: '2026-03-01T01:00:30.000Z', reason: 'no_executor' },
    ]);
  });

  it('narrows the notices to types', async () => {
    const { body } = await registry.call(
      'GET',
      '/api/v1/notices?type=provisor.failures.cleared,provisor.executors.none',
    );
    expect(body.items).toMatchObject([{ type: 'provisor.failures.cleared' }, { type: 'provisor.executors.none' }]);
  });

  it.each([
    ['type=clients.create', 'type'],
    ['cursor=x', 'cursor'],
    ['limit=0', 'limit'],
  ])('refuses %s', async (query, field) => {
    const { status, body } = await registry.call('GET', `/api/v1/notices?${query}`);
    expect([status, body.errors[0].field]).toEqual([400, field]);
  });
});

describe('that no executor runs', () => {
  it('is told once by all registries together, and so is that one runs again, also when RabbitMQ was away', async () => {
    const registry = await startRegistry({ publicUrl, noticeIntervalMs: 600_000 });
    const listener = await NoticeListener.connect(registry.sandbox.amqpUrl);
    const real = registry.app.get(AbsenceSender, { strict: false });
    let isBroken = true;
    const sender = {
      send: (notice: AbsenceNotice) => (isBroken ? Promise.reject(new Error('no broker')) : real.send(notice)),
      close: () => Promise.resolve(),
    };
    const times = { lookEvery: 50, patience: 300, seen: 200 };
    const logger = createLogger('registry', 'silent');
    const { settings, database } = registry;
    const watches = [1, 2].map(() => new AbsenceWatch({ database, sender, settings, logger, times }));
    for (const watch of watches) watch.start();
    await eventually(async () => {
      const rows = await database.query<unknown[]>('select from executor_absences');
      return rows.length > 0 || undefined;
    });
    isBroken = false;
    const [none] = await listener.heard('provisor.executors.none');
    expect(none!.data).toMatchObject({
      subject: { type: 'installation', id: 'executors' },
      reason: 'no_executor',
      link: `${publicUrl}/executors`,
    });
    expect((await registry.call('GET', '/api/v1/notices')).body.open).toMatchObject([
      { type: 'provisor.executors.none', subject: { id: 'executors' } },
    ]);
    await database.query(
      `insert into executors (id, host, pid, version, started_at, heartbeat_at, revision, revision_at, partitions, in_flight)
       values ($1, 'node-1', 1, '1', now(), now(), 0, now(), '{}', 0)`,
      [uuidv7()],
    );
    const [back] = await listener.heard('provisor.executors.back');
    expect(back!.data.since).toBe(none!.data.since);
    await database.query('delete from executors');
    await eventually(async () => {
      const [row] = await database.query<{ sent: boolean }[]>(
        'select end_sent_at is not null as sent from executor_absences',
      );
      return row?.sent === true ? true : undefined;
    });
    for (const watch of watches) await watch.stop();
    // Two registries may send the same notice, with the same id; a second absence within the interval is none.
    expect(new Set(listener.notices.map(({ id }) => id)).size).toBe(2);
    const queued = await registry.database.query<{ count: number }[]>(
      'select count(*)::integer from executor_absences',
    );
    expect(queued).toEqual([{ count: 1 }]);
    await listener.close();
    await registry[Symbol.asyncDispose]();
  });
});
