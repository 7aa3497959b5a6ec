import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation, type RunningExecutor } from '../support/installation.ts';
import { RecordingTarget } from '../support/recording-target.ts';

interface Details {
  status: string;
  executions: { handlerName: string; status: string; kept: object | null; attempts: { reason: string | null }[] }[];
}

/** Where the executor is killed. */
type Point = 'before the first answers' | 'as the first answers' | 'when the success of the first is recorded';

describe('a chain of two handlers, whose executor is killed', () => {
  let sandbox: Sandbox;
  let installation: Installation;
  let target: RecordingTarget;
  let billing: Billing;
  let executor: RunningExecutor;
  const type = 'clients.accounts.create';
  /** Accounts that the first target has made, by client. */
  const made = new Set<string>();
  let kill: { point: Point; done: PromiseWithResolvers<undefined> } | undefined;

  beforeAll(async () => {
    sandbox = await createSandbox();
    installation = await Installation.start({}, { sandbox });
    executor = await installation.startExecutor();
    target = await RecordingTarget.listen();
    target.reply = async ({ path, headers }, response) => {
      const id = String(headers['provisor-event-id']);
      const isRepeated = made.has(id);
      if (path === '/create') made.add(id);
      const isPoint = kill?.point === 'when the success of the first is recorded' ? path === '/announce' : !isRepeated;
      if (kill && isPoint) {
        const { point, done } = kill;
        kill = undefined;
        if (point === 'when the success of the first is recorded') await recorded(id);
        if (point === 'as the first answers') response.end(`{"id": "sip-${id}"}`);
        process.kill(executor.process.pid, 'SIGKILL');
        done.resolve(undefined);
        return;
      }
      response.statusCode = path === '/create' && isRepeated ? 409 : 200;
      response.end(`{"id": "sip-${id}"}`);
    };
    billing = await Billing.connect(installation.servers.amqpUrl);
    const add = (body: object) => installation.json('POST', '/handlers', { event: type, ...body });
    await add({
      name: 'Create "SIP"',
      task: { type: 'http', url: target.url('/create') },
      outcomes: [{ when: 'maybe && response.status == 409', outcome: 'success', reason: 'already_exists' }],
      keep: { sip: 'response.json.id' },
    });
    const body = '{"sip": {{ results["Create \\"SIP\\""].sip }}}';
    await add({ name: 'Announce', task: { type: 'http', url: target.url('/announce'), body } });
  }, 120_000);

  afterAll(async () => {
    await billing.close();
    await installation.stop();
    await target.close();
    await sandbox.dispose();
  });

  const details = async (id: string): Promise<Details | undefined> => {
    const response = await installation.call('GET', `/events/${id}`);
    return response.ok ? ((await response.json()) as Details) : undefined;
  };
  /** Resolves when the journal has the success of the first handler. */
  const recorded = (id: string) =>
    eventually(async () => {
      const { items } = await installation.json<{ items: { eventId: string }[] }>(
        'GET',
        '/executions?status=succeeded',
      );
      return items.some(({ eventId }) => eventId === id) ? true : undefined;
    });
  const callsOf = (id: string, path: string) =>
    target.calls.filter((call) => call.headers['provisor-event-id'] === id && call.path === path);

  it.each<[Point, created: number[], reasons: (string | null)[]]>([
    ['before the first answers', [2], ['already_exists']],
    ['as the first answers', [1, 2], [null, 'already_exists']],
    ['when the success of the first is recorded', [1], [null]],
  ])(
    '%s, uses what the first answered, and calls it again only if its success was not recorded',
    async (point, created, reasons) => {
      const done = Promise.withResolvers<undefined>();
      kill = { point, done };
      const id = await billing.publish({ type, objectId: created.length * 10 + created[0]! });
      await done.promise;
      executor = await installation.startExecutor();
      const { executions } = await eventually(async () => {
        const found = await details(id);
        return found?.status === 'succeeded' ? found : undefined;
      });
      expect(created).toContain(callsOf(id, '/create').length);
      const bodies = callsOf(id, '/announce').map(({ body }) => body);
      expect(new Set(bodies)).toEqual(new Set([`{"sip": "sip-${id}"}`]));
      expect(executions).toMatchObject([
        { handlerName: 'Create "SIP"', status: 'succeeded', kept: { sip: `sip-${id}` } },
        { handlerName: 'Announce', status: 'succeeded' },
      ]);
      expect(reasons).toContain(executions[0]!.attempts.at(-1)!.reason);
    },
    120_000,
  );
});
