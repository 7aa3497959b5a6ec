import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { eventually } from '../support/eventually.ts';
import { Installation } from '../support/installation.ts';
import { Provisor, type Ended } from './provisor.ts';

const at = '2026-03-01T09:15:00Z';

/** The commands for failures and operations. No executor runs: the tests write what one would. */
describe('the command line for failures and operations', () => {
  let installation: Installation;
  let sandbox: Sandbox;
  let database: pg.Client;
  let provisor: Provisor;
  let crm: string;
  let sip: string;

  beforeAll(async () => {
    sandbox = await createSandbox();
    installation = await Installation.start({}, { sandbox });
    provisor = new Provisor({ PROVISOR_URL: installation.registryUrl, PROVISOR_API_KEY: installation.apiKey });
    database = new pg.Client({ connectionString: sandbox.databaseUrl });
    await database.connect();
    crm = await handler('CRM', '--event', 'clients.create');
    sip = await handler(`SIP ${'account '.repeat(20)}x`, '--event', 'clients.create');
  });
  afterAll(async () => {
    await database.end();
    await installation.stop();
    await sandbox.dispose();
  });
  beforeEach(async () => {
    for (const table of ['operation_runs', 'operations', 'failures', 'deferrals', 'deferral_keys', 'events'])
      await database.query(`delete from ${table}`);
  });

  /** A command that has to succeed. */
  async function run(...args: string[]): Promise<Ended> {
    const ended = await provisor.run(args);
    if (ended.code !== 0) throw new Error(`${args.join(' ')}: ${String(ended.code)} ${ended.err}`);
    return ended;
  }
  async function handler(name: string, ...args: string[]): Promise<string> {
    const made = await provisor.json<{ id: string }>(
      ...['handlers', 'create', '--name', name, '--url', 'http://127.0.0.1:1', ...args],
    );
    return made.id;
  }
  /** Writes an event of which a handler has failed; returns the id of the execution. */
  async function failed(eventId: string, handlerId: string, reason = 'http_status', reached = 'yes'): Promise<string> {
    const [journalId, executionId] = [uuidv7(), uuidv7()];
    const body = `{"event":{"id":"${eventId}","dt":"${at}","events_id":"clients.create","object_id":12},"data":{}}`;
    await database.query(
      `insert into events (id, event_id, type, object_id, partition_key, status, failed, occurred_at, received_at, finished_at, revision, skipped, body)
       values ($1, $2, 'clients.create', '12', $2, 'failed', true, $3, $3, $3, 1, '{}', $4)`,
      [journalId, eventId, at, body],
    );
    await database.query(
      `insert into attempts (id, execution_id, event_id, event_type, object_id, handler_id, task_type, position, number,
         outcome, reason, message, reached, status, response, started_at, duration_ms, revision, executor_id)
       values ($1, $2, $3, 'clients.create', '12', $4, 'http', 1, 1, 'permanent', $5, 'no', $6, 'failed', '{}', $7, 1, 1, $1)`,
      [uuidv7(), executionId, eventId, handlerId, reason, reached, at],
    );
    await database.query(
      `insert into failures (execution_id, id, journal_id, event_id, event_type, object_id, partition_key, handler_id, task_type,
         origin_id, reason, message, reached, attempts, failed_at, skipped)
       values ($1, $2, $3, $4, 'clients.create', '12', $4, $5, 'http', $1, $6, 'answered 503', $7, 8, $8, '{}')`,
      [executionId, uuidv7(), journalId, eventId, handlerId, reason, reached, at],
    );
    return executionId;
  }
  const waits = (key: string, reason: string): Promise<unknown> =>
    database.query(
      `insert into deferral_keys (key, due_at, handler_id, reason, detached, waiting_since)
       values ($1, now(), $2, $3, false, now() - interval '1 hour')`,
      [key, crm, reason],
    );
  /** Carries the next operation out, as an executor would; returns its id. */
  const carryOut = (result: { succeeded: number; failed: number; stopped?: true }): Promise<string> =>
    eventually(async () => {
      const { rows } = await database.query<{ id: string }>(
        'select id from operations where not exists (select from operation_runs where operation_id = id)',
      );
      const [operation] = rows;
      if (!operation) return undefined;
      const { succeeded, failed: lost, stopped } = result;
      await database.query(
        `insert into operation_runs (operation_id, total, released, succeeded, failed, canary_outcome, finished_at)
         values ($1, 2, 2, $2, $3, $4, now())`,
        [operation.id, succeeded, lost, stopped ? 'failed' : null],
      );
      return operation.id;
    });
  const plain = /^[^\u2026]*$/;

  it('lists failures and their groups, in 80 columns, with ids that stay whole', async () => {
    const first = await failed('e-1', crm);
    const second = await failed('e-2', sip, 'timeout', 'maybe');
    for (const args of [['failures'], ['failures', 'groups']]) {
      const { out } = await provisor.run(args, { columns: 80 });
      const lines = out.trimEnd().split('\n');
      expect(lines).toHaveLength(3);
      for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(80);
    }
    const { out } = await provisor.run(['failures', 'list'], { columns: 80 });
    expect(out).toMatch(new RegExp(`^\\w+ \\d+ [0-9:]+ +CRM +http_status +${first}$`, 'm'));
    expect((await run('failures', 'list', '--handler', 'CRM')).out).toMatch(plain);
    expect(await provisor.json('failures', 'list', '--reached', 'maybe')).toMatchObject([{ executionId: second }]);
    expect(await provisor.json('failures', 'groups', '--key', 'e-1')).toMatchObject([{ handlerName: 'CRM', open: 1 }]);
    expect((await run('failures', 'list', '--settled')).out).toBe('No settled failures match.\n');
    expect((await run('failures', 'list', '--key', 'nowhere')).out).toBe('No open failures.\n');
  });

  it('overview and events show say what has failed, and what may have arrived', async () => {
    await failed('e-1', crm, 'timeout', 'maybe');
    const { out } = await run('overview', '--window', 'day');
    expect(out).toContain('warning: 1 open failure\n    CRM: timeout, 1\n    see: provisor failures\n');
    expect((await run('events', 'show', 'e-1')).out).toMatch(
      /attempt 1 .* permanent {2}timeout {2}no {2}may have arrived/,
    );
  });

  it('settles, reopens and assigns failures, by id and by what they have in common', async () => {
    const id = await failed('e-1', crm);
    await failed('e-2', crm, 'timeout');
    await failed('e-3', sip, 'timeout');
    const settled = await run('failures', 'settle', id, '--as', 'done_by_hand', '--note', 'by phone');
    expect(settled.out).toBe('1 failure settled\n');
    expect(await provisor.json('failures', 'list', '--settled')).toMatchObject([
      { executionId: id, settledAs: 'done_by_hand', note: 'by phone' },
    ]);
    expect((await run('failures', 'reopen', id)).out).toBe('1 failure reopened\n');
    expect((await run('failures', 'assign', '--reason', 'timeout', '--person', 'Anna', '-y')).out).toBe(
      '2 failures assigned\n',
    );
    expect(await provisor.json('failures', 'list', '--assignee', 'Anna')).toHaveLength(2);
    expect((await run('failures', 'settle', '--all', '--as', 'ignored', '-y')).out).toBe('3 failures settled\n');
  });

  it('asks before it changes all that match, with their number', async () => {
    await failed('e-1', crm);
    for (const [args, question] of [
      [['failures', 'settle', '--all', '--as', 'ignored'], 'Settle 1 failure?'],
      [['failures', 'assign', '--handler', 'CRM', '--person', 'Anna'], 'Assign 1 failure?'],
      [['failures', 'resume', '--handler', 'CRM'], 'Resume 1 failure of 1 event and 1 key?'],
    ] as const) {
      const { code, err } = await provisor.run([...args]);
      expect([code, err]).toEqual([
        2,
        expect.stringContaining(`${question} There is no terminal to ask at; add --yes`),
      ]);
    }
    const none = await provisor.run(['failures', 'resume', '--handler', sip]);
    expect(none).toMatchObject({ code: 1, err: 'error: no open failures match\n' });
  });

  it('says how many calls a resume may make twice', async () => {
    await failed('e-1', crm, 'timeout', 'maybe');
    const { err } = await provisor.run(['failures', 'resume', '--all']);
    expect(err).toContain('Resume 1 failure of 1 event and 1 key? 1 call may have arrived and would be made twice.');
  });

  it('resumes failures, waits for the end, and says whether all succeeded', async () => {
    await failed('e-1', crm);
    await failed('e-2', crm);
    const resuming = provisor.run(['failures', 'resume', '--handler', 'CRM', '--canary', '1', '-y']);
    const id = await carryOut({ succeeded: 2, failed: 0 });
    expect(await resuming).toMatchObject({
      code: 0,
      out: `resume ${id} of handler ${crm}: finished; 2/2 done, 2 succeeded, 0 failed\n`,
    });
    const stopping = provisor.run(['failures', 'resume', '--all', '--canary', '1', '-y']);
    await carryOut({ succeeded: 0, failed: 1, stopped: true });
    expect(await stopping).toMatchObject({ code: 1, out: expect.stringContaining(': stopped; 1/2 done') });
  });

  it('plans and resumes events, past one that has nothing to resume', async () => {
    await failed('e-1', crm);
    const planned = await run('events', 'plan', '--resume', 'e-1');
    expect(planned.out).toMatch(/^clients\.create 12, partition key e-1, revision \d+\n/);
    expect(planned.out).toMatch(/ +1 {2}CRM +POST /);
    const both = await provisor.run(['events', 'plan', '--resume', 'e-1', '--type', 'clients.create']);
    expect(both).toMatchObject({ code: 2, err: 'error: give either --resume, or the options of an event\n' });

    const resumed = await provisor.run(['events', 'resume', 'nowhere', 'e-1', '--no-wait']);
    expect(resumed.code).toBe(5);
    expect(resumed.out).toMatch(/^event "nowhere" not found\nresume \S+ of event e-1: requested\n$/);
    expect(resumed.err).toBe('error: 1 of 2 events: nothing to resume\n');
  });

  it('retries and skips all waiting keys that match', async () => {
    await waits('a', 'circuit_open');
    await waits('b', 'retry');
    const asked = await provisor.run(['deferrals', 'retry', '--reason', 'circuit_open', '--older-than', '10m']);
    expect([asked.code, asked.err]).toEqual([2, expect.stringContaining('Retry 1 key with 0 events?')]);
    const options = ['--handler', 'CRM', '--canary', '1', '--per-second', '0.5', '--note', 'the CRM is back'];
    await run('deferrals', 'skip', ...options, '-y', '--no-wait');
    expect(await provisor.json('operations', 'list', '--kind', 'skip')).toMatchObject([
      {
        ...{ kind: 'skip', status: 'requested', perSecond: 0.5, note: 'the CRM is back' },
        ...{ canary: { size: 1 }, filter: { handlerId: crm } },
      },
    ]);
    const none = await provisor.run(['deferrals', 'retry', '--older-than', '2h']);
    expect(none).toMatchObject({ code: 1, err: 'error: no waiting keys match\n' });
    for (const args of [[], ['a', '--all'], ['a', '--reason', 'retry'], ['a', '--canary', '1']])
      expect((await provisor.run(['deferrals', 'retry', ...args])).code).toBe(2);
    const refused = await provisor.run(['deferrals', 'retry', '--older-than', 'long', '-y']);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('filter.waitingLongerThan must be')]);
  });

  it('lists, shows, watches and cancels operations, in 80 columns', async () => {
    await run('deferrals', 'retry', '--all', '-y', '--no-wait');
    const done = await carryOut({ succeeded: 1, failed: 1 });
    await run('deferrals', 'retry', '--reason', 'retry', '-y', '--no-wait');
    const { out } = await provisor.run(['operations'], { columns: 80 });
    const lines = out.trimEnd().split('\n');
    for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(80);
    expect(out).toContain(`  retry  finished    2/2  ${done}`);
    expect((await run('operations', 'show', done)).out).toMatch(/^about +all$/m);
    expect(await provisor.run(['operations', 'watch', done])).toMatchObject({
      code: 1,
      out: `retry ${done} of all: finished; 2/2 done, 1 succeeded, 1 failed\n`,
    });
    const [open] = await provisor.json<{ id: string }[]>('operations', 'list', '--status', 'requested');
    const cancelled = await run('operations', 'cancel', open!.id);
    expect(cancelled.out).toBe(`retry ${open!.id} of reason retry: cancelled; 0/? done, 0 succeeded, 0 failed\n`);
    expect((await provisor.run(['operations', 'show', uuidv7()])).code).toBe(5);
  });
});
