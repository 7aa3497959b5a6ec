import { beforeEach, describe, expect, it } from '@jest/globals';
import { QueueWatch } from './queue-watch.ts';

describe('what is known of a queue', () => {
  const queue = 'q';
  let now: number;
  let watch: QueueWatch;

  beforeEach(() => {
    now = 0;
    watch = new QueueWatch(true, () => now);
  });

  const look = (messages: number) => watch.seen(queue, { messages, consumers: 1 });
  const take = (count: number) => {
    for (let n = 0; n < count; n++) watch.taken(queue);
  };
  const age = () => watch.report()[0]?.ageMs;

  /** Looks every 5 s while messages come and go. */
  const pass = (seconds: number, waiting: number, taken: number) => {
    for (const end = now + seconds * 1_000; now < end;) {
      now += 5_000;
      take(taken);
      look(waiting);
    }
  };

  it('is what the broker said', () => {
    watch.seen(queue, { messages: 3, consumers: 2 });
    expect(watch.report()).toEqual([{ queue, messages: 3, consumers: 2, ageMs: 0 }]);
  });

  it('an empty queue has no age, however little was taken from it', () => {
    pass(600, 0, 0);
    expect(age()).toBe(0);
  });

  it('nothing taken: the oldest message is as old as the time since the queue was last seen empty', () => {
    pass(60, 0, 10);
    pass(300, 500, 0);
    expect(age()).toBe(300_000);
  });

  it('a queue that is always full but flows is as old as the time that its messages need to be taken', () => {
    pass(600, 1_000, 500);
    // 1,000 wait, and 500 go in 5 s.
    expect(age()).toBe(10_000);
    now += 3_000;
    expect(age()).toBe(13_000);
  });

  it('after a standstill it becomes younger as what waited is taken', () => {
    pass(60, 0, 1);
    pass(600, 100, 0);
    expect(age()).toBe(600_000);
    pass(5, 50, 50);
    expect(age()).toBeGreaterThan(500_000);
    pass(10, 10, 50);
    expect(age()).toBeLessThanOrEqual(15_000);
  });

  it('is forgotten when the broker has not been asked for a minute', () => {
    look(3);
    now += 60_001;
    expect(watch.report()).toEqual([]);
  });

  it('has no age where nobody tells what was taken', () => {
    const registry = new QueueWatch(false, () => now);
    registry.seen(queue, { messages: 3, consumers: 0 });
    expect(registry.report()).toEqual([{ queue, messages: 3, consumers: 0, ageMs: undefined }]);
  });

  it('keeps few samples while nothing is taken for days, and the age stays right', () => {
    pass(5, 0, 0);
    pass(3 * 86_400, 100, 0);
    expect(age()).toBe(3 * 86_400_000);
  });
});
