import { describe, expect, it } from '@jest/globals';
import { Ledger, type LedgerEvent } from '../billing/ledger.ts';
import { maxAttempts, planOf, scheduleMs, timeoutMs } from '../cast.ts';
import type { Disruption } from '../injection/disruptions.ts';
import type { CallRecord } from '../targets/call-log.ts';
import { checkAll } from './checks.ts';
import type { JournaledEvent } from './journal.ts';
import type { RunRecord } from './run-record.ts';

const at = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** A run in which everything went well, to be spoilt by each test in its own way. */
class GoodRun {
  readonly ledger = new Ledger();
  readonly calls: CallRecord[] = [];
  readonly journal = new Map<string, JournaledEvent>();
  readonly waiting: string[] = [];
  readonly disruptions: Disruption[] = [];
  #now = 10_000;

  publish(type = 'clients.update', key = 'client-1'): LedgerEvent {
    const event = this.ledger.next(key, type);
    event.confirmed = true;
    const executions = planOf(type).map(({ name }) => {
      const id = `${event.id} ${name}`;
      this.call(event, name);
      return {
        id,
        handlerName: name,
        status: 'succeeded' as const,
        attempts: [{ number: 1, outcome: 'success' as const, reason: null, startedAt: at(0) }],
      };
    });
    this.journal.set(event.id, { id: event.id, status: 'succeeded', executions });
    return event;
  }

  call(event: LedgerEvent, handler: string, further: Partial<CallRecord> = {}): CallRecord {
    const startedAt = (this.#now += 10);
    const executionId = `${event.id} ${handler}`;
    const call = { handler, eventId: event.id, executionId, attempt: 1, behaviour: 'success' as const, startedAt };
    const record = { ...call, endedAt: (this.#now += 5), ...further };
    this.calls.push(record);
    return record;
  }

  pass(milliseconds: number): number {
    return (this.#now += milliseconds);
  }

  broken(): string[] {
    const calls = this.calls.toSorted((one, other) => one.startedAt - other.startedAt);
    const { ledger, journal, disruptions } = this;
    const record: RunRecord = { ledger, journal, disruptions, calls, waiting: this.waiting };
    return checkAll(record).flatMap(({ broken }) => broken);
  }
}

describe('the checks find', () => {
  it('nothing in a run in which everything went well', () => {
    const run = new GoodRun();
    for (const type of ['clients.update', 'clients.accounts.create', 'clients.packages.assign']) run.publish(type);
    expect(run.broken()).toEqual([]);
  });

  it('an event that was confirmed and never ran', () => {
    const run = new GoodRun();
    run.ledger.next('client-1', 'clients.update').confirmed = true;
    expect(run.broken()).toEqual(['client-1:0 has not come to an end']);
  });

  it('a key that was left in the slow lane', () => {
    const run = new GoodRun();
    run.publish();
    run.waiting.push('client-1');
    expect(run.broken()).toEqual(['client-1 waits, and nothing is left to be done for it']);
  });

  it('a handler that was left out', () => {
    const run = new GoodRun();
    const { id } = run.publish();
    run.journal.set(id, { ...run.journal.get(id)!, executions: run.journal.get(id)!.executions.slice(1) });
    expect(run.broken()[0]).toMatch('client-1:0: ran update-second, update-aside, update-last instead of');
  });

  it('an execution that failed before its attempts were used up', () => {
    const run = new GoodRun();
    const { id } = run.publish('clients.accounts.create');
    const failed = { outcome: 'retryable' as const, reason: 'http_status' };
    const [execution] = run.journal.get(id)!.executions;
    const withAttempts = (attempts: number): JournaledEvent => ({
      ...run.journal.get(id)!,
      status: 'failed',
      executions: [
        {
          ...execution!,
          status: 'failed',
          attempts: Array.from({ length: attempts }, (_, n) => ({
            number: n + 1,
            ...failed,
            startedAt: at(n * 1_000),
          })),
        },
      ],
    });
    run.journal.set(id, withAttempts(maxAttempts - 1));
    expect(run.broken()).toEqual(['client-1:0: create-only failed after 4 attempts of 5']);
    run.journal.set(id, withAttempts(maxAttempts));
    expect(run.broken()).toEqual([]);
  });

  it('a success that no target knows of', () => {
    const run = new GoodRun();
    run.publish();
    run.calls.pop();
    expect(run.broken()).toEqual(['client-1:0: update-last succeeded without a call that did']);
  });

  it('an event that began before the one before it was done with', () => {
    const run = new GoodRun();
    run.publish();
    const last = run.calls.at(-1)!;
    run.publish('clients.accounts.create');
    last.endedAt = run.pass(1);
    expect(run.broken()).toEqual([expect.stringContaining('client-1:1 began with create-only')]);
  });

  it('no fault in a retry on the side that comes later than the next event', () => {
    const run = new GoodRun();
    const first = run.publish();
    run.calls.find(({ handler }) => handler === 'update-aside')!.behaviour = 'unavailable';
    run.publish('clients.accounts.create');
    run.pass(scheduleMs[0]);
    run.call(first, 'update-aside', { attempt: 2 });
    expect(run.broken()).toEqual([]);
  });

  it('no fault in an open call of somebody whose place was taken', () => {
    const run = new GoodRun();
    const first = run.publish();
    Object.assign(run.calls.at(-1)!, { behaviour: 'hang', endedAt: Infinity });
    run.call(first, 'update-last');
    run.publish();
    expect(run.broken()).toEqual([]);
  });

  it('a repeat for no reason, and none where an executor was killed in between', () => {
    const run = new GoodRun();
    const event = run.publish('clients.accounts.create');
    const from = run.pass(100);
    run.call(event, 'create-only');
    expect(run.broken()).toEqual([
      'client-1:0: create-only was called again 110 ms after it had succeeded, for no reason',
    ]);
    run.disruptions.push({ taken: 'calls', from, until: from + 10 });
    expect(run.broken()).toEqual([]);
  });

  it('a repeat of what had been in the journal long before the kill, unless the database was away', () => {
    const run = new GoodRun();
    const event = run.publish('clients.accounts.create');
    const answered = run.pass(10);
    const from = run.pass(5_000);
    run.call(event, 'create-only');
    run.disruptions.push({ taken: 'calls', from, until: from + 10 });
    expect(run.broken()).toHaveLength(1);
    run.disruptions.push({ taken: 'commits', from: answered, until: from - 10 });
    expect(run.broken()).toEqual([]);
  });

  it('an attempt that came too early', () => {
    const run = new GoodRun();
    const event = run.publish('clients.accounts.create');
    run.calls.at(-1)!.behaviour = 'unavailable';
    run.pass(scheduleMs[0] - 60);
    run.call(event, 'create-only', { attempt: 2 });
    expect(run.broken()).toEqual(['client-1:0: attempt 2 of create-only was made 50 ms early']);
  });

  it.each([
    [60, ['client-1:0: attempt 2 of create-only was made 60 ms early']],
    [0, []],
  ])('an attempt that came %d ms too early after one that the executor ended, by the journal', (earlyMs, found) => {
    const run = new GoodRun();
    const event = run.publish('clients.accounts.create');
    run.calls.at(-1)!.behaviour = 'hang';
    run.call(event, 'create-only', { attempt: 2 });
    const [execution] = run.journal.get(event.id)!.executions;
    const timeout = { number: 1, outcome: 'retryable' as const, reason: 'timeout', startedAt: at(0) };
    const next = { number: 2, outcome: 'success' as const, reason: null };
    const startedAt = at(timeoutMs + scheduleMs[0] - earlyMs);
    const executions = [{ ...execution!, attempts: [timeout, { ...next, startedAt }] }];
    run.journal.set(event.id, { id: event.id, status: 'succeeded', executions });
    expect(run.broken()).toEqual(found);
  });
});
