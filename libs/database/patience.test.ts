import { describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { isDataError, untilAnswered } from './patience.ts';

function databaseError(code: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError(`error ${code}`, 0, 'error'), { code });
}

const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

describe('an error of the data', () => {
  it.each(['22P05', '22003', '23505', '23514', '54000'])('is %s, which no waiting cures', (code) => {
    expect(isDataError(databaseError(code))).toBe(true);
  });

  it.each(['08006', '40001', '40P01', '53300', '57P01', '57P03', '42P01', '28P01', 'XX000'])('is not %s', (code) => {
    expect(isDataError(databaseError(code))).toBe(false);
  });

  it('is nothing that does not come from the database', () => {
    expect([away, new Error('22P05'), { code: '22P05' }, undefined].map(isDataError)).toEqual(Array(4).fill(false));
  });
});

describe('work that waits for the database', () => {
  it('is repeated until it is answered, ever more seldom, and each failure is told', async () => {
    const tries: number[] = [];
    const failures: unknown[] = [];
    const answer = await untilAnswered(
      () => {
        tries.push(performance.now());
        return tries.length < 4 ? Promise.reject(away) : Promise.resolve('answer');
      },
      (error) => failures.push(error),
    );
    expect(answer).toBe('answer');
    expect(failures).toEqual([away, away, away]);
    const waits = tries.slice(1).map((time, index) => time - tries[index]!);
    for (const [index, wait] of waits.entries()) expect(wait).toBeGreaterThan(95 * 2 ** index);
  });

  it('is given up at once when the data is to blame, also after waiting', async () => {
    const refused = databaseError('22P05');
    const failures: unknown[] = [];
    const work = jest.fn<() => Promise<never>>().mockRejectedValueOnce(away).mockRejectedValue(refused);
    await expect(untilAnswered(work, (error) => failures.push(error))).rejects.toBe(refused);
    expect(work).toHaveBeenCalledTimes(2);
    expect(failures).toEqual([away]);
  });

  it('ends with its last failure when it is told to, without waiting any longer', async () => {
    const stop = new AbortController();
    const work = jest.fn(() => Promise.reject(away));
    const onFailure = jest.fn(() => {
      if (onFailure.mock.calls.length === 2) stop.abort();
    });
    await expect(untilAnswered(work, onFailure, stop.signal)).rejects.toBe(away);
    // What the wait was for is tried once more.
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('that is already to end is tried once', async () => {
    const onFailure = jest.fn();
    await expect(untilAnswered(() => Promise.reject(away), onFailure, AbortSignal.abort())).rejects.toBe(away);
    expect(onFailure).not.toHaveBeenCalled();
  });
});
