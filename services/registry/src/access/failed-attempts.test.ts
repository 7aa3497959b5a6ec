import { describe, expect, it } from '@jest/globals';
import { TooManyAttempts } from './access-errors.ts';
import { clientOf } from './client-address.ts';
import { FailedAttempts } from './failed-attempts.ts';

describe('FailedAttempts', () => {
  let now = 0;
  const failed = (): FailedAttempts => new FailedAttempts(() => now);

  function secondsToWait(attempts: FailedAttempts, address: string): number {
    try {
      attempts.count('sign_in', address);
      return 0;
    } catch (error) {
      return (error as TooManyAttempts).retryAfterSeconds;
    }
  }

  it('lets an address fail for a while, then says when it may again', () => {
    const attempts = failed();
    for (let n = 0; n < 20; n++) expect(secondsToWait(attempts, '10.0.0.1')).toBe(0);
    expect(secondsToWait(attempts, '10.0.0.1')).toBe(3);
    // Others, and other ways in, are not concerned.
    expect(secondsToWait(attempts, '10.0.0.2')).toBe(0);
    expect(() => attempts.count('bearer', '10.0.0.1')).not.toThrow();
    now += 2_000;
    expect(secondsToWait(attempts, '10.0.0.1')).toBe(1);
    now += 1_000;
    expect(secondsToWait(attempts, '10.0.0.1')).toBe(0);
    expect(secondsToWait(attempts, '10.0.0.1')).toBe(3);
  });

  it('forgets the address that failed longest ago when there are too many', () => {
    const attempts = failed();
    for (let n = 0; n < 21; n++) secondsToWait(attempts, 'first');
    for (let n = 0; n < 9_999; n++) secondsToWait(attempts, `other ${n}`);
    expect(secondsToWait(attempts, 'first')).toBe(3);
    for (let n = 0; n < 10_000; n++) secondsToWait(attempts, `another ${n}`);
    expect(secondsToWait(attempts, 'first')).toBe(0);
  });
});

describe('a client', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
  ])('of the address %s is %s', (address, client) => {
    expect(clientOf(address)).toBe(client);
  });
});
