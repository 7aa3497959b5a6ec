import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ScriptReport } from '#contracts';
import { ExecutorEntity } from '#orm';
import { startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';

const handlers = '/api/v1/handlers';

describe('the scripts of executors', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(async () => registry[Symbol.asyncDispose]());
  beforeEach(async () => {
    await registry.database.query('delete from executors');
    await registry.database.query('delete from handlers');
  });

  const idOf = (number: number): string => `00000000-0000-7000-8000-00000000000${number}`;
  const running = async (number: number, scripts: Partial<ScriptReport> | null, age = 0): Promise<void> => {
    await registry.database.manager.insert(ExecutorEntity, {
      id: idOf(number),
      host: `host-${number}`,
      pid: number,
      version: '1',
      startedAt: new Date(Date.now() - 60_000 + number),
      heartbeatAt: new Date(Date.now() - age),
      revision: 1,
      revisionAt: new Date(),
      partitions: {},
      inFlight: 0,
      circuits: [],
      scripts: scripts && { folders: ['/srv/scripts'], scripts: [], truncated: false, ...scripts },
    });
  };
  const make = (name: string, path: string, rest: object = {}): Promise<Answer> =>
    registry.call('POST', handlers, {
      body: { name, event: 'clients.create', task: { type: 'script', path }, ...rest },
    });
  const locked = { path: 'locked.sh', reason: 'script_not_executable', message: '/srv/scripts/locked.sh: chmod +x it' };

  it('are listed for those that run and have told them', async () => {
    await running(1, { scripts: [{ path: 'a.sh' }, locked], truncated: true });
    await running(2, { scripts: [{ path: 'a.sh' }] });
    await running(3, null);
    await running(4, { scripts: [{ path: 'gone.sh' }] }, 20_000);
    const { status, body } = await registry.call('GET', '/api/v1/scripts');
    expect(status).toBe(200);
    expect(body).toEqual({
      items: [
        { path: 'a.sh', runnable: true, executors: [idOf(1), idOf(2)] },
        {
          path: 'locked.sh',
          runnable: false,
          reason: 'script_not_executable',
          hint: '/srv/scripts/locked.sh: chmod +x it (on host-1)',
          executors: [idOf(1)],
        },
      ],
      executors: [
        { id: idOf(1), host: 'host-1', folders: ['/srv/scripts'], truncated: true },
        { id: idOf(2), host: 'host-2', folders: ['/srv/scripts'], truncated: false },
      ],
    });
  });

  it('give warnings when a handler is made or changed, and none when nothing is known', async () => {
    expect((await make('early', 'none.sh')).body).not.toHaveProperty('warnings');
    await running(1, { scripts: [{ path: 'a.sh' }, locked] });
    await running(2, { scripts: [{ path: 'b.sh' }, locked] });
    const none = 'No running executor has this script. Copy it to /srv/scripts, or correct the path.';
    const made = await make('a', 'none.sh');
    expect([made.status, made.body.warnings]).toEqual([201, [{ field: 'task.path', message: none }]]);
    const id = made.body.id as string;
    const patch = async (change: object): Promise<unknown> =>
      (await registry.call('PATCH', `${handlers}/${id}`, { body: change })).body.warnings;
    expect(await patch({ task: { type: 'script', path: 'a.sh' } })).toEqual([
      {
        field: 'task.path',
        message: 'Only 1 of 2 running executors have this script. Copy it to host-2.',
      },
    ]);
    expect(await patch({ task: { type: 'script', path: './locked.sh' } })).toEqual([
      {
        field: 'task.path',
        message: 'Not runnable (script_not_executable): /srv/scripts/locked.sh: chmod +x it (on host-1).',
      },
    ]);
    // Also when the change is of something else, or of nothing.
    expect(await patch({ description: 'x' })).toHaveLength(1);
    expect(await patch({})).toHaveLength(1);
    expect(await patch({ status: 'archived' })).toBeUndefined();
    expect(await patch({ status: 'disabled', task: { type: 'http', url: '127.0.0.1:5000/api' } })).toBeUndefined();
    expect((await registry.call('GET', `${handlers}/${id}`)).body).not.toHaveProperty('warnings');
  });

  it('give warnings for what a set changes, before and after', async () => {
    await running(1, { scripts: [{ path: 'a.sh' }] });
    const inSet = (name: string, path: string): object => ({
      name,
      event: 'clients.create',
      task: { type: 'script', path },
    });
    const body = { handlers: [inSet('there', 'a.sh'), inSet('missing', 'b.sh')] };
    const told = await registry.call('POST', `${handlers}/set/preview`, { body });
    const changes = told.body.changes as { name: string; warnings?: { field: string }[] }[];
    expect(changes.map(({ name, warnings }) => [name, warnings?.map(({ field }) => field)])).toEqual([
      ['there', undefined],
      ['missing', ['task.path']],
    ]);
    expect((await registry.call('PUT', `${handlers}/set`, { body })).body.changes).toEqual(changes);
  });
});
