import { describe, expect, it } from '@jest/globals';
import { intakeTopology, partitionOf, partitionQueue, partitionTopology } from './topology.ts';

describe('the way of an event through the broker', () => {
  it('leads everything that billing publishes into one queue, which keeps its order', () => {
    expect(intakeTopology.exchanges).toEqual([{ name: 'billing.events', type: 'topic' }]);
    expect(intakeTopology.bindings).toEqual([
      { exchange: 'billing.events', queue: 'provisor.intake', routingKey: '#' },
    ]);
  });

  it('goes on by one queue for each partition', () => {
    expect(partitionTopology(3).queues.map(({ name }) => name)).toEqual([0, 1, 2].map(partitionQueue));
    expect(partitionQueue(15)).toBe('provisor.events.15');
  });

  it('lets publishers that choose the partition pass the intake', () => {
    expect(partitionTopology(2).exchanges).toEqual([{ name: 'provisor.partitions', type: 'direct' }]);
    expect(partitionTopology(2).bindings).toEqual([
      { exchange: 'provisor.partitions', queue: 'provisor.events.0', routingKey: '0' },
      { exchange: 'provisor.partitions', queue: 'provisor.events.1', routingKey: '1' },
    ]);
  });

  it('keeps events in replicated queues that one consumer reads at a time and that never drop what is returned', () => {
    for (const queue of [...intakeTopology.queues, ...partitionTopology(3).queues]) {
      expect(queue.arguments).toEqual({
        'x-queue-type': 'quorum',
        'x-single-active-consumer': true,
        'x-delivery-limit': 2_000_000_000,
      });
    }
  });
});

describe('the partition of a key', () => {
  it('never changes, whoever computes it and whenever: events that wait would be overtaken', () => {
    expect(['12', 'Clients:12', 'Жора', ''].map((key) => partitionOf(key, 16))).toEqual([11, 7, 6, 14]);
  });

  it('is drawn evenly', () => {
    const counts = Array.from({ length: 16 }, () => 0);
    for (let key = 0; key < 16_000; key++) counts[partitionOf(String(key), 16)]!++;
    expect(Math.min(...counts)).toBeGreaterThan(850);
    expect(Math.max(...counts)).toBeLessThan(1_150);
  });
});
