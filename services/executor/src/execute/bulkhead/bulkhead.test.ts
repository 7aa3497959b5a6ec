import { describe, expect, it } from '@jest/globals';
import { createLogger } from '#observability';
import type { Lane } from '../../call/call.ts';
import { retryable, success } from '../../call/outcome.ts';
import { HandlerCatalog, type CatalogHandler, type CatalogTarget, type PlannedHandler } from '../handler-catalog.ts';
import { Bulkhead, type BulkheadParts, type Permit } from './bulkhead.ts';

const failure = retryable('timeout', 'the target does not answer');
/** Fewer failures than this open no circuit. */
const failuresToOpen = 20;

/** Of limits that no test changes. */
const unchanged = { ratesChanged: () => undefined, limitsChanged: () => undefined };

const handlerOf = (maxConcurrency: number) => ({ id: 'a', name: 'a', maxConcurrency }) as CatalogHandler;

describe('a bulkhead', () => {
  const bulkhead = (parts: Partial<BulkheadParts> = {}) =>
    new Bulkhead({
      catalog: { current: HandlerCatalog.empty },
      holds: { heldBy: () => undefined },
      paces: { ...unchanged, take: () => true, expectedWaitMs: () => 0 },
      allotments: { ...unchanged, acquire: () => true, release: () => undefined, expectedWaitMs: () => 0 },
      now: Date.now,
      logger: createLogger('executor', 'silent'),
      ...parts,
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

  describe('with a target', () => {
    const targetOf = (limits: Partial<CatalogTarget>) =>
      ({ id: 't', name: 't', rate: null, maxConcurrency: null, ...limits }) as CatalogTarget;
    const calling = (target: CatalogTarget, id = 'a', maxConcurrency = 1) =>
      ({ id, name: id, event: 'e', priority: 1, createdAt: '', maxConcurrency, target }) as PlannedHandler;
    const knowing = (handlers: PlannedHandler[], parts: Partial<BulkheadParts> = {}) => {
      const catalog = HandlerCatalog.empty.with(1, handlers);
      return bulkhead({ catalog: { current: catalog }, ...parts });
    };

    it('without limits, answers at once and asks for nothing', () => {
      const refuse = () => {
        throw new Error('asked');
      };
      const handler = calling(targetOf({}));
      const guarded = knowing([handler], {
        paces: { ...unchanged, take: refuse, expectedWaitMs: refuse },
        allotments: { ...unchanged, acquire: refuse, release: refuse, expectedWaitMs: refuse },
      });
      expect(guarded.enter(handler, 'fast', false, false)).not.toBeInstanceOf(Promise);
    });

    it('sends away what would wait for longer than the fast lane has patience', async () => {
      const handler = calling(targetOf({ rate: { perSecond: 1, burst: 1 } }));
      const guarded = knowing([handler], { paces: { ...unchanged, take: () => true, expectedWaitMs: () => 2_001 } });
      expect(await guarded.enter(handler, 'fast', false, false)).toEqual({ refused: 'rate_limited' });
      expect(await guarded.enter(handler, 'slow', false, false)).toHaveProperty('leave');
    });

    it('says that it is the rate when the calls that wait for it have all slots of the handler', async () => {
      const handler = calling(targetOf({ rate: { perSecond: 1, burst: 1 } }));
      const turn = Promise.withResolvers<boolean>();
      const guarded = knowing([handler], {
        paces: { ...unchanged, take: () => turn.promise, expectedWaitMs: () => 0 },
      });
      const first = guarded.enter(handler, 'fast', false, false);
      expect(await guarded.enter(handler, 'fast', false, false)).toEqual({ refused: 'rate_limited' });
      turn.resolve(true);
      expect(await first).toHaveProperty('leave');
    });

    it('gives its slot back when there is no turn in time, or a hold has begun meanwhile', async () => {
      let [held, slots] = [false, 0];
      const handler = calling(targetOf({ rate: { perSecond: 1, burst: 1 }, maxConcurrency: 1 }));
      let turn: boolean;
      const guarded = knowing([handler], {
        holds: { heldBy: () => (held ? 't' : undefined) },
        paces: {
          ...unchanged,
          take: () => {
            held = turn;
            return turn;
          },
          expectedWaitMs: () => 0,
        },
        allotments: { ...unchanged, acquire: () => ++slots > 0, release: () => slots--, expectedWaitMs: () => 0 },
      });
      turn = false;
      expect(await guarded.enter(handler, 'slow', false, false)).toEqual({ refused: 'rate_limited' });
      turn = true;
      expect(await guarded.enter(handler, 'slow', false, false)).toEqual({ refused: 'held', heldBy: 't' });
      expect(slots).toBe(0);
    });

    it('lets a test through, whatever limits and holds say', async () => {
      const handler = calling(targetOf({ rate: { perSecond: 1, burst: 1 }, maxConcurrency: 1 }));
      const guarded = knowing([handler], {
        holds: { heldBy: () => 't' },
        paces: { ...unchanged, take: () => false, expectedWaitMs: () => Infinity },
        allotments: { ...unchanged, acquire: () => false, release: () => undefined, expectedWaitMs: () => Infinity },
      });
      expect(await guarded.enter(handler, 'slow', true, true)).toHaveProperty('leave');
    });

    it('has one circuit and one share for all its handlers', async () => {
      const target = targetOf({});
      const [one, other] = [calling(target, 'a', 64), calling(target, 'b', 64)];
      const guarded = knowing([one, other]);
      for (let n = 0; n < failuresToOpen; n++) (await entered(guarded, n % 2 ? one : other)).leave(failure);
      expect(guarded.circuits()).toMatchObject([{ targetId: 't', open: true, openings: 1 }]);
      expect(guarded.enter(calling(target, 'c'), 'fast', false, false)).toEqual({ refused: 'circuit_open' });
      expect(guarded.shareOf('t')).toEqual({ most: 4, refillAt: 3 });
      expect(guarded.shares.get('t')).toEqual({ most: 4, refillAt: 3 });
      expect([guarded.targetOf('a'), guarded.targetOf('b'), guarded.targetOf('x')]).toEqual(['t', 't', undefined]);
      const probe = guarded.enter(one, 'slow', false, false) as Permit;
      probe.leave(success);
      expect(guarded.circuits()).toMatchObject([{ open: false }]);
    });

    it.each([
      ['its rate', { rate: { perSecond: 10, burst: 1 } }, { most: 5, refillAt: 2 }],
      ['a rate below one', { rate: { perSecond: 0.01, burst: 1 } }, { most: 1, refillAt: 0 }],
      ['its concurrency', { maxConcurrency: 3 }, { most: 6, refillAt: 3 }],
    ])('has a share of the slow lane by %s before it is called', (_, limits, share) => {
      const guarded = knowing([calling(targetOf(limits))]);
      expect(guarded.shares.get('t')).toEqual(share);
    });
  });
});
