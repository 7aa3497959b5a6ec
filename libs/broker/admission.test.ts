import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ConsumeMessage } from 'amqplib';
import { Admission, ConcurrencyLimit } from './admission.ts';
import type { Held } from './delivery.ts';

const most = 2;
const queueOf = (queue: string): Held => ({ queue, most, count: 0, waiting: [] });
const message = (body: string | Buffer) => ({ content: Buffer.from(body) }) as ConsumeMessage;

describe('admission', () => {
  let opened: string[];
  const [one, two] = ['one', 'two'].map(queueOf) as [Held, Held];

  /** @param leastHeld Of both queues. */
  function admissionOf(leastHeld?: number): Admission {
    opened = [];
    for (const held of [one, two]) Object.assign(held, { count: 0, waiting: [] });
    const admission: Admission = new Admission({
      subscriptions: 2,
      mostHeld: most,
      leastHeld,
      open: (held, { content }) => {
        opened.push(`${held.queue} ${content.toString('latin1', 0, 1)}`);
        admission.begun(held);
      },
    });
    return admission;
  }

  it('opens as many messages of a queue as may be worked on, and the next ones in their order', () => {
    const admission = admissionOf();
    for (const body of '1234') admission.receive(one, message(body));
    admission.receive(two, message('1'));
    expect(opened).toEqual(['one 1', 'one 2', 'two 1']);
    admission.ended(one);
    admission.receive(one, message('5'));
    admission.ended(one);
    expect(opened.slice(3)).toEqual(['one 3', 'one 4']);
  });

  it('opens no later message of a queue before an earlier one, though there is room', () => {
    const admission = admissionOf(1);
    for (const body of '12') admission.receive(one, message(body));
    admission.receive(two, message('1'));
    admission.receive(two, message('2'));
    expect(opened).toEqual(['one 1']);
    for (let ends = 0; ends < 3; ends++) admission.ended(one);
    // One of each queue in turn.
    expect(opened).toEqual(['one 1', 'one 2', 'two 1', 'two 2']);
    admission.stop();
  });

  it('opens without regard to limits what would take too much memory', () => {
    const admission = admissionOf();
    const half = Buffer.alloc(2 * 1024 * 1024 + 1, 'x');
    for (const body of '12') admission.receive(one, message(body));
    admission.receive(one, message(half));
    expect(opened).toHaveLength(2);
    admission.receive(one, message(half));
    expect(opened).toEqual(['one 1', 'one 2', 'one x']);
  });

  it('opens nothing once it is stopped', () => {
    const admission = admissionOf();
    for (const body of '123') admission.receive(one, message(body));
    admission.stop();
    admission.ended(one);
    admission.receive(two, message('1'));
    expect(opened).toEqual(['one 1', 'one 2']);
  });
});

describe('the concurrency limit', () => {
  let busy: number;
  let limits: number[];
  let limit: ConcurrencyLimit;

  beforeEach(() => {
    jest.useFakeTimers();
    busy = 0;
    limits = [];
    limit = new ConcurrencyLimit({
      least: 256,
      most: 1_024,
      onMore: () => limits.push(limit.current),
      busy: () => busy,
    });
  });

  afterEach(() => {
    limit.enough();
    jest.useRealTimers();
  });

  it('is low at first', () => {
    expect(limit.current).toBe(256);
  });

  it('rises while messages wait and the event loop has time, up to its most, and says so each time', () => {
    limit.wanted();
    jest.advanceTimersByTime(60);
    expect(limits).toEqual([288, 320, 352]);
    jest.advanceTimersByTime(2_000);
    expect(limit.current).toBe(1_024);
    expect(limits).toHaveLength((1_024 - 256) / 32);
  });

  it('falls while the event loop is busy, down to its least', () => {
    limit.wanted();
    jest.advanceTimersByTime(200);
    busy = 0.95;
    jest.advanceTimersByTime(40);
    expect(limit.current).toBe(256 + 8 * 32);
    jest.advanceTimersByTime(1_000);
    expect(limit.current).toBe(256);
    expect(limits).toHaveLength(10);
  });

  it('stays as it is while no message waits', () => {
    limit.wanted();
    jest.advanceTimersByTime(100);
    limit.enough();
    jest.advanceTimersByTime(1_000);
    expect(limit.current).toBe(256 + 5 * 32);
    limit.wanted();
    jest.advanceTimersByTime(20);
    expect(limit.current).toBe(256 + 6 * 32);
  });

  it('tells by the event loop itself how busy it is', async () => {
    jest.useRealTimers();
    const grown = Promise.withResolvers<undefined>();
    const idle = new ConcurrencyLimit({ least: 1, most: 2, onMore: () => grown.resolve(undefined) });
    const awake = setInterval(() => undefined, 5);
    idle.wanted();
    await grown.promise;
    clearInterval(awake);
    idle.enough();
    expect(idle.current).toBe(2);
  });
});
