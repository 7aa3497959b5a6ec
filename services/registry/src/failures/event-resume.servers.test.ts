import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import {
  at,
  attempt,
  event,
  failure,
  insertAttempts,
  insertEvents,
  insertFailures,
  type JournaledFailure,
} from '../testing/journal-rows.ts';
import { errorFields, itemsOf, startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';

const byHand = { settledAs: 'done_by_hand', settledAt: at(30), settledBy: 'Anna' };

describe('POST /events/:id/resume', () => {
  let registry: TestRegistry;
  /** In the order of their priority. */
  let handlers: string[];
  beforeAll(async () => {
    registry = await startRegistry();
    handlers = [];
    for (const name of ['CRM', 'SIP', 'Billing', 'Mail', 'Stopped']) {
      const body = {
        ...{ name, event: 'clients.create', task: { type: 'http', url: 'host' } },
        ...(name === 'Mail' && { condition: 'data.id == 13' }),
      };
      handlers.push((await registry.call('POST', '/api/v1/handlers', { body })).body.id as string);
    }
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  const id = 'e/1 é';
  beforeEach(async () => {
    for (const table of ['deferrals', 'deferral_keys', 'failures', 'attempts', 'events'])
      await registry.database.query(`delete from ${table}`);
  });

  /** The first handler succeeded, the second failed, and those behind it were skipped. */
  async function failed(fields: Partial<JournaledFailure> = {}, replayId?: string): Promise<void> {
    const [crm, sip, billing, mail, stopped] = handlers as [string, string, string, string, string];
    const ofRun = replayId === undefined ? {} : { replayId };
    const body = `{"event": {"id": "${id}", "dt": "2026-03-01T09:15:00Z", "events_id": "clients.create", "object_id": 12}, "data": {"id": 12}}`;
    const minutes = replayId === undefined ? 0 : 5;
    const run = event(minutes, {
      ...{ eventId: id, status: 'failed', failed: true, body, ...ofRun },
      ...{ skipped: [billing, mail], disabled: [stopped] },
    });
    await insertEvents(registry.database, run);
    await insertAttempts(
      registry.database,
      attempt(minutes + 1, id, crm, ofRun),
      attempt(minutes + 2, id, sip, {
        ...ofRun,
        ...{ executionId: uuidv7(), position: 2, outcome: 'permanent', status: 'failed', reason: 'http_status' },
      }),
    );
    await insertFailures(
      registry.database,
      failure(minutes + 2, run, sip, { skipped: [billing, mail], ...ofRun, ...fields }),
    );
  }

  const resume = (body?: object, of = id): Promise<Answer> =>
    registry.call('POST', `/api/v1/events/${encodeURIComponent(of)}/resume`, { body });
  const plan = (of: unknown = id, rest: object = {}): Promise<Answer> =>
    registry.call('POST', '/api/v1/events/plan', { body: { resume: of, ...rest } });
  interface Planned {
    handlers: { position: number; handler: { id: string } }[];
    notRun: { handler: { id: string }; reason: string }[];
  }
  /** The handlers that a resume would run, and why not the others, by their places. */
  const planned = async (): Promise<[number[], [number, string][]]> => {
    const { body } = (await plan()) as unknown as { body: Planned };
    const place = ({ handler }: { handler: { id: string } }): number => handlers.indexOf(handler.id);
    return [body.handlers.map(place), body.notRun.map((each) => [place(each), each.reason])];
  };
  const change = (index: number, fields: object): Promise<Answer> =>
    registry.call('PATCH', `/api/v1/handlers/${handlers[index]}`, { body: fields });

  it('asks for an operation', async () => {
    await failed();
    const answer = await resume({ note: ' the URL is right now ' });
    expect(answer).toMatchObject({
      status: 202,
      body: {
        ...{ kind: 'resume', status: 'requested', eventId: id, filter: {}, listed: null },
        note: 'the URL is right now',
      },
    });
    const operationId = answer.body.id as string;
    expect(answer.headers.get('location')).toBe(`/api/v1/operations/${operationId}`);
    const audit = itemsOf(await registry.call('GET', '/api/v1/audit?limit=1'));
    expect(audit).toMatchObject([
      { action: 'event.resume', subject: { type: 'event', id }, after: { operationId, note: 'the URL is right now' } },
    ]);
    expect((await resume()).status).toBe(202);
    const refused = await resume({ canary: 1 });
    expect([refused.status, errorFields(refused)]).toEqual([400, ['canary']]);
  });

  it('answers 404 to an unknown event, and to one that only a test made', async () => {
    await insertEvents(registry.database, event(0, { eventId: 'tried', test: true }));
    for (const unknown of ['nowhere', 'tried']) {
      expect(await resume(undefined, unknown)).toMatchObject({
        status: 404,
        body: { type: 'urn:provisor:problem:event-not-found' },
      });
      expect((await plan(unknown)).status).toBe(404);
    }
  });

  it('answers 409 when nothing is left to resume', async () => {
    await insertEvents(registry.database, event(0, { eventId: 'fine' }));
    await failed({ recoveredAt: at(30) });
    for (const eventId of ['fine', id]) {
      expect(await resume(undefined, eventId)).toMatchObject({
        status: 409,
        body: { type: 'urn:provisor:problem:nothing-to-resume' },
      });
    }
  });

  it('continues behind a failure that a person has settled, while something was skipped behind it', async () => {
    await failed(byHand);
    expect((await resume()).status).toBe(202);
    await registry.database.query(`update events set skipped = '{}'`);
    expect((await resume()).body).toMatchObject({ type: 'urn:provisor:problem:nothing-to-resume' });
  });

  it('answers 409 while the event waits in the order of its key, and not for what waits beside it', async () => {
    await failed();
    await registry.database.query(
      `insert into deferral_keys (key, due_at, handler_id, reason, detached) values ('12', now(), $1, 'retry', false)`,
      [handlers[0]],
    );
    await registry.database.query(
      `insert into deferrals (key, journal_id, event_id, event_type, object_id, partition_key, received_at, body)
       values ('12', $1, $2, 'clients.create', '12', '12', now(), '{}')`,
      [uuidv7(), id],
    );
    expect(await resume()).toMatchObject({ status: 409, body: { type: 'urn:provisor:problem:event-waiting' } });
    await registry.database.query('update deferral_keys set detached = true');
    expect((await resume()).status).toBe(202);
  });

  describe('POST /events/plan {resume}', () => {
    it('names the failed handler and those behind it, in order, and why the others do not run', async () => {
      await failed();
      const { status, body } = await plan();
      expect([status, body.event]).toMatchObject([200, { id, type: 'clients.create', objectId: 12 }]);
      expect(await planned()).toEqual([
        [1, 2],
        [
          [0, 'succeeded'],
          [3, 'condition_unmet'],
          [4, 'disabled'],
        ],
      ]);
    });

    it('takes handlers as they are now', async () => {
      await failed();
      await change(1, { status: 'disabled' });
      await change(3, { condition: 'data.id == 12' });
      expect(await planned()).toEqual([
        [2, 3],
        [
          [0, 'succeeded'],
          [1, 'disabled'],
          [4, 'disabled'],
        ],
      ]);
      await change(1, { status: 'enabled' });
      await change(3, { condition: 'data.id == 13' });
    });

    it('leaves out a failure that a person has settled, and runs what is behind it', async () => {
      await failed(byHand);
      expect((await planned())[0]).toEqual([2]);
      expect((await planned())[1]).toContainEqual([1, 'settled']);
    });

    it('runs nothing when nothing is left', async () => {
      await failed({ recoveredAt: at(30) });
      const [runs, notRun] = await planned();
      expect(runs).toEqual([]);
      expect(notRun).toContainEqual([1, 'succeeded']);
      expect(notRun).toContainEqual([2, 'earlier_failed']);
    });

    it('is about the oldest run that can be resumed', async () => {
      await failed({ recoveredAt: at(30) });
      await failed({}, uuidv7());
      expect((await planned())[0]).toEqual([1, 2]);
      await registry.database.query(`update failures set recovered_at = null, settled_as = 'ignored', settled_at = now()
        where replay_id is null`);
      expect((await planned())[0]).toEqual([2]);
    });

    it('refuses what is no id of an event', async () => {
      for (const eventId of [1, '', 'x'.repeat(256), null]) {
        const answer = await plan(eventId);
        expect([answer.status, errorFields(answer)]).toEqual([400, ['resume']]);
      }
      expect(errorFields(await plan(id, { color: 'red' }))).toEqual(['color']);
    });
  });
});
