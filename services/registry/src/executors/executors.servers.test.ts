import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExecutorEntity } from '#orm';
import { itemsOf, startRegistry, type TestRegistry } from '../testing/registry.ts';
import { partitionOwners } from './partition-owners.ts';

describe('partitionOwners', () => {
  it('gives a partition to the executor that reported it last', () => {
    const owned = partitionOwners([
      {
        executorId: 'a',
        partitions: { '10': '2026-03-01T09:00:02Z', '2': '2026-03-01T09:00:01Z', '3': '2026-03-01T09:00:00Z' },
      },
      { executorId: 'b', partitions: { '3': '2026-03-01T09:00:01Z', '10': '2026-03-01T09:00:00Z' } },
      { executorId: 'c', partitions: { '4': 'never' } },
    ]);
    expect(Object.fromEntries(owned)).toEqual({ a: [2, 10], b: [3], c: [] });
  });
});

describe('GET /executors and /catalog', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  it('show those that run, and whether the newest revision is in force there', async () => {
    await registry.call('POST', '/api/v1/handlers', {
      body: { name: 'a', event: 'clients.create', task: { type: 'script', path: 'x' } },
    });
    const now = Date.now();
    const executor = (id: number, revision: number, heartbeatAt: number): Partial<ExecutorEntity> => ({
      id: `00000000-0000-7000-8000-00000000000${id}`,
      host: `host-${id}`,
      pid: id,
      version: '1',
      startedAt: new Date(now - 60_000 + id),
      heartbeatAt: new Date(heartbeatAt),
      revision,
      revisionAt: new Date(now),
      partitions: { '0': new Date(now + id).toISOString() },
      inFlight: id,
    });
    const openedAt = new Date(now).toISOString();
    const circuits = [{ handlerId: '00000000-0000-7000-8000-000000000009', open: true, openedAt, openings: 2 }];
    await registry.database.manager.insert(ExecutorEntity, [
      { ...executor(1, 1, now), circuits, direct: true, draining: true },
      executor(2, 0, now - 10_000),
      executor(3, 1, now - 20_000),
    ]);
    expect(itemsOf(await registry.call('GET', '/api/v1/executors'))).toMatchObject([
      { host: 'host-1', upToDate: true, partitions: [], inFlight: 1, circuits, direct: true, draining: true },
      { host: 'host-2', upToDate: false, partitions: [0], revision: 0, circuits: [], direct: false, draining: false },
    ]);
    expect((await registry.call('GET', '/api/v1/catalog')).body).toMatchObject({
      revision: 1,
      changedAt: expect.any(String),
      executors: [
        { host: 'host-1', inForce: true },
        { host: 'host-2', inForce: false },
      ],
    });
  });
});
