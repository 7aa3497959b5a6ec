import { setTimeout as delay } from 'node:timers/promises';
import { v4 as uuidv4 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool, type Pool } from '#database';
import { createLogger } from '#observability';
import { createMigratedSandbox } from '../../../../../../test/support/migrated-sandbox.ts';
import type { Sandbox } from '../../../../../../tools/test/sandbox.ts';
import { Allotments } from './allotments.ts';

const logger = createLogger('executor', 'silent');

/** What an executor has of it. */
interface Member {
  readonly pool: Pool;
  readonly allotments: Allotments;
  calls: number;
}

describe('a number of calls that all executors keep together', () => {
  let sandbox: Sandbox;
  const members: Member[] = [];
  let inFlight = 0;
  let most = 0;

  beforeAll(async () => {
    sandbox = await createMigratedSandbox();
  });

  afterEach(async () => {
    await Promise.all(members.splice(0).map(leave));
    inFlight = most = 0;
  });

  afterAll(() => sandbox.dispose());

  function join(): Member {
    const pool = createPool(sandbox.executorDatabaseUrl, () => undefined);
    const member = { pool, allotments: new Allotments({ pool, executorId: uuidv4(), logger }), calls: 0 };
    members.push(member);
    return member;
  }

  async function leave({ allotments, pool }: Member): Promise<void> {
    await allotments.close();
    await pool.end();
  }

  /** Makes calls until a signal fires, as many at a time as it can; returns how many it made. */
  async function work(
    member: Member,
    targetId: string,
    max: number,
    wanted: number,
    callMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    const one = async (): Promise<void> => {
      while (!signal.aborted) {
        if (!(await member.allotments.acquire(targetId, max, 1_000))) continue;
        most = Math.max(most, ++inFlight);
        await delay(callMs);
        inFlight--;
        member.calls++;
        member.allotments.release(targetId, callMs);
      }
    };
    await Promise.all(Array.from({ length: wanted }, one));
  }

  it('is never exceeded by executors that come and go, and is used', async () => {
    const targetId = uuidv4();
    const startedAt = performance.now();
    const all: Promise<void>[] = [];
    for (let n = 0; n < 3; n++) all.push(work(join(), targetId, 10, 20, 20, AbortSignal.timeout(6_000)));
    await delay(1_500);
    for (let n = 0; n < 3; n++) {
      const member = join();
      all.push(work(member, targetId, 10, 20, 20, AbortSignal.timeout(2_000)).then(() => member.allotments.close()));
    }
    await Promise.all(all);
    const seconds = (performance.now() - startedAt) / 1_000;
    expect(most).toBeLessThanOrEqual(10);
    expect(most).toBeGreaterThanOrEqual(9);
    // A call takes longer than its 20 ms on a busy machine.
    const calls = members.reduce((sum, member) => sum + member.calls, 0);
    expect(calls).toBeGreaterThan(0.5 * 10 * (1_000 / 20) * seconds);
  });

  it('is shared fairly: an executor that comes later has as much as those that were there', async () => {
    const targetId = uuidv4();
    const [first, later] = [join(), join()];
    const signal = AbortSignal.timeout(6_000);
    const one = work(first, targetId, 8, 20, 10, signal);
    await delay(1_000);
    const other = work(later, targetId, 8, 20, 10, signal);
    await delay(2_000);
    const before = [first.calls, later.calls];
    await Promise.all([one, other]);
    const [ofFirst, ofLater] = [first.calls - before[0]!, later.calls - before[1]!];
    expect(ofLater / ofFirst).toBeGreaterThan(0.7);
    expect(ofLater / ofFirst).toBeLessThan(1.4);
    expect(most).toBeLessThanOrEqual(8);
  });

  it('gives each of many executors its turn where there are fewer slots than executors', async () => {
    const targetId = uuidv4();
    const signal = AbortSignal.timeout(9_000);
    const all = [join(), join(), join()];
    await Promise.all(all.map((member) => work(member, targetId, 1, 2, 20, signal)));
    expect(most).toBe(1);
    for (const { calls } of all) expect(calls).toBeGreaterThan(0);
  });

  it('is free again soon after an executor died that had all of it', async () => {
    const targetId = uuidv4();
    const [dead, other] = [join(), join()];
    for (let n = 0; n < 4; n++) expect(await dead.allotments.acquire(targetId, 4, 1_000)).toBe(true);
    expect(await other.allotments.acquire(targetId, 4, 200)).toBe(false);
    // As an executor that is gone: it renews nothing.
    await dead.pool.end();
    const startedAt = performance.now();
    expect(await other.allotments.acquire(targetId, 4, 15_000)).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it('is not used by an executor that cannot renew its part', async () => {
    const targetId = uuidv4();
    const cut = join();
    expect(await cut.allotments.acquire(targetId, 4, 1_000)).toBe(true);
    await cut.pool.end();
    cut.allotments.release(targetId, 10);
    await delay(5_000);
    expect(await cut.allotments.acquire(targetId, 4, 100)).toBe(false);
  });

  it('is given back by an executor that does not use it any more, and by one that stops', async () => {
    const targetId = uuidv4();
    const [idle, other] = [join(), join()];
    expect(await idle.allotments.acquire(targetId, 1, 1_000)).toBe(true);
    expect(await other.allotments.acquire(targetId, 1, 100)).toBe(false);
    idle.allotments.release(targetId, 10);
    expect(await other.allotments.acquire(targetId, 1, 4_000)).toBe(true);
    other.allotments.release(targetId, 10);
    await other.allotments.close();
    expect(await idle.allotments.acquire(targetId, 1, 1_000)).toBe(true);
  });

  it('may be made smaller at any time', async () => {
    const targetId = uuidv4();
    const member = join();
    for (let n = 0; n < 4; n++) expect(await member.allotments.acquire(targetId, 4, 1_000)).toBe(true);
    expect(await member.allotments.acquire(targetId, 2, 100)).toBe(false);
    for (let n = 0; n < 2; n++) member.allotments.release(targetId, 10);
    expect(await member.allotments.acquire(targetId, 2, 100)).toBe(false);
    member.allotments.release(targetId, 10);
    expect(await member.allotments.acquire(targetId, 2, 1_000)).toBe(true);
  });
});
