import { describe, expect, it } from '@jest/globals';
import type { Delivery } from '#broker';
import type { Logger } from '#observability';
import { consumerPriority, LossSigns } from './consumers.ts';

const partitions = Array.from({ length: 16 }, (_, partition) => partition);

/** Who gets each partition: the one that wants it most. */
function owners(executors: readonly string[]): string[] {
  return partitions.map((partition) =>
    executors.reduce((best, next) =>
      consumerPriority(next, partition) > consumerPriority(best, partition) ? next : best,
    ),
  );
}

/** Executors as they come and go: ten groups of three, with ids like those that executors make. */
const groups = Array.from({ length: 10 }, (_, group) =>
  ['a', 'b', 'c'].map((name) => `0193a000-0000-7000-8000-00000000${name}${String(group).padStart(3, '0')}`),
);

describe('how much an executor wants a partition', () => {
  it('is the same whenever it is asked, and a priority that RabbitMQ takes', () => {
    for (const partition of partitions) {
      const priority = consumerPriority('executor', partition);
      expect(consumerPriority('executor', partition)).toBe(priority);
      expect(Number.isInteger(priority) && priority >= 0 && priority < 2 ** 31).toBe(true);
    }
  });

  it.each(groups)('gives each of three executors a share of 16 partitions (%s)', (...executors) => {
    const counts = executors.map((executor) => owners(executors).filter((owner) => owner === executor).length);
    expect(counts.reduce((sum, count) => sum + count)).toBe(16);
    for (const count of counts) expect(count).toBeGreaterThanOrEqual(1);
  });

  it('spreads partitions evenly in the long run', () => {
    const all = groups.flatMap((executors) => owners(executors).map((owner) => executors.indexOf(owner)));
    for (const place of [0, 1, 2]) {
      const share = all.filter((each) => each === place).length / all.length;
      expect(Math.abs(share - 1 / 3)).toBeLessThan(0.12);
    }
  });

  it.each(groups)('moves only the share of the one that leaves (%s)', (...executors) => {
    const before = owners(executors);
    for (const gone of executors) {
      const after = owners(executors.filter((executor) => executor !== gone));
      for (const partition of partitions) {
        if (before[partition] !== gone) expect(after[partition]).toBe(before[partition]);
      }
    }
  });

  it('differs between executors for every partition, so that the broker never has to choose', () => {
    for (const [first, second, third] of groups) {
      for (const partition of partitions) {
        const wishes = [first!, second!, third!].map((executor) => consumerPriority(executor, partition));
        expect(new Set(wishes).size).toBe(3);
      }
    }
  });
});

function signs() {
  const told: object[] = [];
  let expiring = 0;
  const logger = { warn: (fields: object) => void told.push(fields) } as unknown as Logger;
  const look = new LossSigns(logger, () => expiring++);
  const message = (rest: object) =>
    look.look({ queue: 'q', messageId: 'm', properties: {}, headers: {}, redelivered: false, ...rest } as Delivery);
  return { message, told, expiring: () => expiring };
}

describe('signs that messages are lost', () => {
  it('are none in a usual message, or in one that came again', () => {
    const { message, told, expiring } = signs();
    message({});
    message({ redelivered: true, headers: { 'x-delivery-count': 2 } });
    message({ headers: { 'x-delivery-count': 99 } });
    message({ redelivered: true, headers: { 'x-delivery-count': 'many' } });
    expect({ told, expiring: expiring() }).toEqual({ told: [], expiring: 0 });
  });

  it('are counted for each message with an expiration, and told once for many', () => {
    const { message, told, expiring } = signs();
    for (let n = 0; n < 5; n++) message({ properties: { expiration: '60000' } });
    expect(told).toEqual([{ queue: 'q', messageId: 'm', expiration: '60000' }]);
    expect(expiring()).toBe(5);
  });

  it('are told of a message that was returned many times', () => {
    const { message, told } = signs();
    message({ redelivered: true, headers: { 'x-delivery-count': 12 } });
    expect(told).toEqual([{ queue: 'q', messageId: 'm', returns: 12 }]);
  });
});
