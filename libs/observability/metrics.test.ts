import { describe, expect, it } from '@jest/globals';
import { BoundedLabel, createMetrics, isLocalRequest, otherLabel } from './metrics.ts';

describe('a bounded label', () => {
  it('gives the first values their own, keeps them, and puts all others together', () => {
    const label = new BoundedLabel(2);
    expect(['a', 'b', 'a', 'c', 'b', 'd'].map((value) => label.of(value))).toEqual([
      'a',
      'b',
      'a',
      otherLabel,
      'b',
      otherLabel,
    ]);
  });
});

describe('the metrics of a service', () => {
  it('have those of the process, and are its own', async () => {
    const text = await createMetrics().metrics();
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    // A second registry in one process, as in tests, does not clash with the first.
    expect(() => createMetrics()).not.toThrow();
  });
});

describe('a request that this machine makes for itself', () => {
  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('comes from %s', (address) =>
    expect(isLocalRequest(address, { host: 'localhost:3000' })).toBe(true),
  );

  it.each([undefined, '', '10.0.0.1', '127.0.0.1.evil.example', '::ffff:10.0.0.1', '::2', '1.127.0.0'])(
    'does not come from %s',
    (address) => expect(isLocalRequest(address, { host: 'localhost:3000' })).toBe(false),
  );

  it.each(['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'])(
    'has no header %s, as proxies send it',
    (name) => expect(isLocalRequest('127.0.0.1', { host: 'localhost', [name]: '10.0.0.1' })).toBe(false),
  );

  it.each(['localhost', 'LOCALHOST:3000', 'localhost.', '127.0.0.1:3000', '10.0.0.7', '[::1]:3000', '[::1]'])(
    'is for %s',
    (host) => expect(isLocalRequest('127.0.0.1', { host })).toBe(true),
  );

  it.each([
    undefined,
    '',
    'evil.example',
    'evil.example:3000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '[evil]',
    'a:b',
  ])('is not for %s, which may be the name of another site that leads here', (host) =>
    expect(isLocalRequest('127.0.0.1', { host })).toBe(false),
  );
});
