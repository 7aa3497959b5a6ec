import { describe, expect, it } from '@jest/globals';
import { judgeCircuits, type CircuitSubject, type ReportedCircuit } from './circuit-findings.ts';
import type { Trouble } from './trouble.ts';

const t0 = '2026-03-01T02:00:00.000Z';
const t1 = '2026-03-01T02:05:00.000Z';
const early = '2026-03-01T01:00:00.000Z';
const report = (open: boolean, openedAt = t0, executorId = 'A'): ReportedCircuit => {
  return { executorId, handlerId: 'h', open, openedAt, openings: 1 };
};
const subject = (overrides: Partial<CircuitSubject> = {}): CircuitSubject => {
  return { type: 'handler', id: 'h', name: 'H', isWaitedFor: true, hasSucceeded: false, ...overrides };
};
const trouble: Trouble = {
  id: 't',
  kind: 'circuit',
  subject: { type: 'handler', id: 'h', name: 'H' },
  since: new Date(t0),
  open: true,
  told: true,
  toldAt: new Date(t0),
  sequence: 1,
  total: 1,
  untold: 0,
  size: 1,
  openSince: new Date(t0),
  lastedMs: 0,
  reason: 'circuit_open',
  message: '',
  first: { eventId: null },
};

const idle = { isWaitedFor: false };
const recovered = { isWaitedFor: false, hasSucceeded: true };

describe('the trouble of a circuit breaker', () => {
  it.each<[string, ReportedCircuit[], CircuitSubject[], Trouble[], boolean[]]>([
    ['begins when it is open anywhere', [report(false, early), report(true)], [subject()], [], [true]],
    ['does not begin while it is closed everywhere', [report(false)], [subject()], [], []],
    ['is none of handlers that are no subjects', [report(true)], [], [], []],
    ['ends when it has closed', [report(false)], [subject()], [trouble], [false]],
    ['goes on while another is open', [report(false), report(true, t1, 'B')], [subject()], [trouble], [true]],
    ['goes on when its executor is gone and events wait', [], [subject()], [trouble], [true]],
    ['goes on though another had closed before', [report(false, early, 'B')], [subject()], [trouble], [true]],
    ['ends when its executor is gone and nothing waits', [], [subject(idle)], [trouble], [false]],
    ['goes on though nothing waits', [report(true)], [subject(idle)], [trouble], [true]],
    ['ends when nothing waits and calls of others succeed', [report(true)], [subject(recovered)], [trouble], [false]],
    ['does not begin again then', [report(true)], [subject(recovered)], [], []],
    ['ends when its handler is gone', [report(true)], [], [trouble], [false]],
  ])('%s', (_, reports, subjects, known, open) => {
    expect(judgeCircuits(reports, subjects, known).map((found) => found.open)).toEqual(open);
  });

  it.each<[string, Partial<Trouble> | undefined, boolean[]]>([
    ['begins', undefined, [true]],
    ['begins again after an earlier one', { open: false, told: false, changedAt: new Date(early) }, [true]],
    ['is no news when a look has seen it', { open: false, told: false, changedAt: new Date(t1) }, [false]],
    ['ends with the next look', { open: true, changedAt: new Date(t1) }, [false]],
  ])('of a breaker that has opened and closed between two looks %s', (_, before, open) => {
    const missed = { ...report(false), flickered: true };
    const known = before ? [{ ...trouble, ...before }] : [];
    expect(judgeCircuits([missed], [subject(recovered)], known).map((found) => found.open)).toEqual(open);
  });

  it('is that of the target where the report names one', () => {
    const ofTarget = { executorId: 'A', targetId: 'x', open: true, openedAt: t0, openings: 1 };
    const target = subject({ type: 'target', id: 'x', name: 'CRM' });
    expect(judgeCircuits([ofTarget], [target], [])).toMatchObject([
      {
        subject: { type: 'target', id: 'x', name: 'CRM' },
        since: new Date(t0),
        message: expect.stringMatching('target'),
      },
    ]);
  });
});
