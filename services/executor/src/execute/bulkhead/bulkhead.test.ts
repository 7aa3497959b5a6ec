import { describe, expect, it } from '@jest/globals';
import { createLogger } from '#observability';
import type { Lane } from '../../call/hold.ts';
import { retryable, success } from '../../call/outcome.ts';
import { HandlerCatalog, type CatalogHandler } from '../handler-catalog.ts';
import { Bulkhead, type Permit } from './bulkhead.ts';

const failure = retryable('timeout', 'the target does not answer');
/** Fewer failures than this open no circuit. */
const failuresToOpen = 20;

const handlerOf = (maxConcurrency: number) => ({ id: 'a', name: 'a', maxConcurrency }) as CatalogHandler;

describe('a bulkhead', () => {
  const bulkhead = () =>
    new Bulkhead({
      catalog: () => HandlerCatalog.empty,
      holds: { heldBy: () => undefined },
      paces: { take: () => true, expectedWaitMs: () => 0 },
      allotments: { acquire: () => true, release: () => undefined, expectedWaitMs: () => 0 },
      now: Date.now,
      logger: createLogger('executor', 'silent'),
    });
  const entered = async (guarded: Bulkhead, handler: CatalogHandler, lane: Lane = 'slow') => {
    const permit = await guarded.enter(handler, lane, false, false);
    if ('refused' in permit) throw new Error(permit.refused);
    return permit;
  };

  it('gives a handler that was not called yet a share of the slow lane, which is filled as it gets empty', () => {
    expect(bulkhead().shareOf('a')).toEqual({ most: 64, refillAt: 63 });
    expect(bulkhead().shares.size).toBe(0);
  });

  it('has keys claimed ahead, many at once, while calls are quick', async () => {
    const guarded = bulkhead();
    (await entered(guarded, handlerOf(64))).leave(success);
    expect(guarded.shareOf('a')).toEqual({ most: 512, refillAt: 256 });
    expect(guarded.shares).toEqual(new Map([['a', { most: 512, refillAt: 256 }]]));
  });

  it.each<[Lane, number]>([
    ['slow', 4],
    ['fast', 0],
  ])('calls of what waited in the %s lane while the circuit opened no more than the probes', async (lane, probes) => {
    const guarded = bulkhead();
    const handler = handlerOf(failuresToOpen);
    const underWay: Permit[] = [];
    for (let n = 0; n < failuresToOpen; n++) underWay.push(await entered(guarded, handler, lane));
    const waiting = Array.from({ length: 10 }, async () => guarded.enter(handler, lane, false, false));
    for (const permit of underWay) permit.leave(failure);
    expect(guarded.circuits()).toMatchObject([{ open: true }]);
    const answers = await Promise.all(waiting);
    expect(answers.filter((answer) => !('refused' in answer))).toHaveLength(probes);
    expect(answers.filter((answer) => 'refused' in answer)).toHaveLength(10 - probes);
    expect(guarded.shareOf('a')).toEqual({ most: 4, refillAt: 3 });
  });
});
