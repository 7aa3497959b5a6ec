import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Readiness } from './readiness.ts';

describe('readiness', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('is there when everything is, whether that is found out at once or later', async () => {
    const readiness = new Readiness();
    readiness.add('postgresql', () => Promise.resolve());
    readiness.add('catalog', () => undefined);
    expect(await readiness.report()).toEqual({ ready: true, checks: { postgresql: 'ok', catalog: 'ok' } });
  });

  it('is not there when one thing is not, and says which and why', async () => {
    const readiness = new Readiness();
    readiness.add('postgresql', () => Promise.reject(new Error('connection refused')));
    readiness.add('rabbitmq', () => {
      throw new Error('not connected to RabbitMQ');
    });
    readiness.add('nameless', () => Promise.reject(new RangeError()));
    readiness.add('catalog', () => undefined);
    expect(await readiness.report()).toEqual({
      ready: false,
      checks: {
        postgresql: 'connection refused',
        rabbitmq: 'not connected to RabbitMQ',
        nameless: 'RangeError',
        catalog: 'ok',
      },
    });
  });

  it('is answered in time although something hangs, however late that fails', async () => {
    const hanging = Promise.withResolvers<undefined>();
    const readiness = new Readiness();
    readiness.add('postgresql', () => hanging.promise);
    readiness.add('rabbitmq', () => new Promise(() => undefined));
    readiness.add('catalog', () => undefined);
    const answered = jest.fn();
    const report = readiness.report().finally(answered);
    await jest.advanceTimersByTimeAsync(1_999);
    expect(answered).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(await report).toEqual({
      ready: false,
      checks: { postgresql: 'no answer within 2000 ms', rabbitmq: 'no answer within 2000 ms', catalog: 'ok' },
    });
    hanging.reject(new Error('at last'));
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is asked anew each time, and leaves no timer behind', async () => {
    const readiness = new Readiness();
    let there = false;
    readiness.add('catalog', () => {
      if (!there) throw new Error('the catalog was not loaded yet');
    });
    expect(await readiness.report()).toMatchObject({ ready: false });
    there = true;
    expect(await readiness.report()).toMatchObject({ ready: true });
    expect(jest.getTimerCount()).toBe(0);
  });
});
