import { setTimeout as delay } from 'node:timers/promises';
import { v4 as uuidv4 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool, DatabaseClock, type Pool } from '#database';
import { createLogger } from '#observability';
import { createMigratedSandbox } from '../../../../../../test/support/migrated-sandbox.ts';
import type { Sandbox } from '../../../../../../tools/test/sandbox.ts';
import { busiestSpan } from '../../../../../../test/support/busiest-span.ts';
import type { Pace } from './pace-statement.ts';
import { Paces } from './paces.ts';

const logger = createLogger('executor', 'silent');

/** What an executor has of it. */
interface Member {
  readonly pool: Pool;
  readonly paces: Paces;
}

describe('a pace that all executors keep together', () => {
  let sandbox: Sandbox;
  let clockPool: Pool;
  let clock: DatabaseClock;
  const members: Member[] = [];

  beforeAll(async () => {
    sandbox = await createMigratedSandbox();
    clockPool = createPool(sandbox.executorDatabaseUrl, () => undefined);
    clock = new DatabaseClock({ pool: clockPool });
    await clock.measure();
  });

  afterEach(async () => {
    await Promise.all(members.splice(0).map(leave));
  });

  afterAll(async () => {
    await clockPool.end();
    await sandbox.dispose();
  });

  function join(): Member {
    const pool = createPool(sandbox.executorDatabaseUrl, () => undefined);
    const member = { pool, paces: new Paces({ pool, now: clock.now, logger }) };
    members.push(member);
    return member;
  }

  async function leave({ paces, pool }: Member): Promise<void> {
    paces.stop();
    await pool.end();
  }

  const paceOf = (perSecond: number, burst = 1): Pace => ({ id: uuidv4(), purpose: 'rate', perSecond, burst });

  /** Takes slots until a signal fires, with a number of calls that wait at a time; returns when each came. */
  async function work({ paces }: Member, pace: Pace, waiting: number, signal: AbortSignal): Promise<number[]> {
    const taken: number[] = [];
    const one = async (): Promise<void> => {
      while (!signal.aborted) {
        if (await paces.take(pace, 2_000, true)) taken.push(performance.now());
        else await delay(5);
      }
    };
    await Promise.all(Array.from({ length: waiting }, one));
    return taken;
  }

  it('is kept by eight executors that come and go, neither more than 1.05 nor less than 0.9 of it', async () => {
    const pace = paceOf(100, 5);
    const all: Promise<number[]>[] = [];
    const begin = (ms: number): void => {
      const member = join();
      const over = AbortSignal.timeout(ms);
      over.addEventListener('abort', () => member.paces.stop(), { once: true });
      all.push(work(member, pace, 20, over));
    };
    const startedAt = performance.now();
    const lastsMs = 16_000;
    for (let n = 0; n < 4; n++) begin(lastsMs);
    for (let n = 0; n < 4; n++) {
      await delay(1_000);
      begin(2_500);
    }
    const times = (await Promise.all(all)).flat();
    const steady = times.filter((time) => time > startedAt + 1_000 && time < startedAt + lastsMs - 500);
    expect(steady.length).toBeGreaterThanOrEqual(0.9 * 100 * (lastsMs / 1_000 - 1.5));
    expect(busiestSpan(times, 10_000)).toBeLessThanOrEqual(1.05 * 1_000 + 5);
    expect(busiestSpan(times, 1_000)).toBeLessThanOrEqual(100 + 5 + 30);
  });

  it('lets its burst come at once after a while without any, and then no more than the rate', async () => {
    const pace = paceOf(10, 30);
    const member = join();
    const startedAt = performance.now();
    const taken = (await work(member, pace, 100, AbortSignal.timeout(3_000))).filter(
      (time) => time < startedAt + 3_000,
    );
    expect(taken.filter((time) => time - startedAt < 400).length).toBeGreaterThanOrEqual(30);
    expect(taken.length).toBeLessThanOrEqual(30 + 10 * 3 + 4);
    expect(taken.length).toBeGreaterThanOrEqual(30 + 10 * 2);
  });

  it('is kept when it is slow, and gives each executor its turn', async () => {
    const pace = paceOf(2);
    const [one, other] = [join(), join()];
    const signal = AbortSignal.timeout(6_000);
    const taken = await Promise.all([work(one, pace, 3, signal), work(other, pace, 3, signal)]);
    const times = taken.flat().sort((a, b) => a - b);
    for (const each of taken) expect(each.length).toBeGreaterThan(0);
    expect(times.length).toBeGreaterThanOrEqual(10);
    expect(times.length).toBeLessThanOrEqual(18);
    for (const [index, time] of times.slice(1).entries()) expect(time - times[index]!).toBeGreaterThan(200);
  });

  it('loses no more than a moment of it with an executor that dies', async () => {
    const pace = paceOf(100);
    const [dying, other] = [join(), join()];
    const signal = AbortSignal.timeout(4_000);
    const left = work(other, pace, 20, signal);
    const death = AbortSignal.timeout(1_000);
    death.addEventListener('abort', () => dying.paces.stop(), { once: true });
    await work(dying, pace, 20, death);
    const diedAt = performance.now();
    const times = (await left).filter((time) => time > diedAt);
    expect(times.length).toBeGreaterThanOrEqual(0.85 * 100 * 2.8);
  });

  it('applies at once when it is raised', async () => {
    const slow = paceOf(0.05);
    const member = join();
    expect(await member.paces.take(slow, 2_000, true)).toBe(true);
    expect(await member.paces.take(slow, 100, true)).toBe(false);
    const raised = { ...slow, perSecond: 100 };
    const startedAt = performance.now();
    expect(await member.paces.take(raised, 2_000, true)).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('sends away at once what cannot have its turn in time, unless it is patient', async () => {
    const pace = paceOf(0.1);
    const member = join();
    expect(await member.paces.take(pace, 2_000, false)).toBe(true);
    const startedAt = performance.now();
    expect(await member.paces.take(pace, 2_000, false)).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    const patientSince = performance.now();
    expect(await member.paces.take(pace, 300, true)).toBe(false);
    expect(performance.now() - patientSince).toBeGreaterThan(250);
  });

  it('knows what is ahead: a wait that is too long need not begin', async () => {
    const pace = paceOf(10, 5);
    const member = join();
    expect(member.paces.expectedWaitMs(pace, 0)).toBe(0);
    expect(member.paces.expectedWaitMs(pace, 4)).toBe(0);
    expect(member.paces.expectedWaitMs(pace, 14)).toBe(1_000);
    const waiting = Array.from({ length: 25 }, async () => member.paces.take(pace, 5_000, true));
    await Promise.all(waiting.slice(0, 6));
    expect(member.paces.expectedWaitMs(pace, 20)).toBeGreaterThan(1_000);
    member.paces.stop();
    await Promise.all(waiting);
  });

  it('has no slots while the database is away, and has them again afterwards', async () => {
    const pace = paceOf(100);
    const member = join();
    const client = await clockPool.connect();
    await client.query('begin');
    await client.query('lock table paces in access exclusive mode');
    const waiting = member.paces.take(pace, 10_000, true);
    expect(await Promise.race([waiting, delay(300, 'still waiting')])).toBe('still waiting');
    await client.query('rollback');
    client.release();
    expect(await waiting).toBe(true);
  });
});
