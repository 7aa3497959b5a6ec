import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation } from '../support/installation.ts';
import { movedClockIsPossible, startMovedClock, type MovedClock } from '../support/moved-clock.ts';
import { RecordingTarget } from '../support/recording-target.ts';

const described = onlyWhere(
  describe,
  movedClockIsPossible,
  'libfaketime is missing (Debian: apt-get install faketime)',
);

described('windows on a Sunday on which clocks in Berlin are changed', () => {
  let sandbox: Sandbox;
  let clock: MovedClock;
  let installation: Installation;
  let target: RecordingTarget;
  let billing: Billing;
  const arrivals: { at: number; path: string; event: string }[] = [];

  beforeAll(async () => {
    sandbox = await createSandbox();
    clock = await startMovedClock('2026-03-29T00:50:00Z');
    installation = await Installation.start({}, { sandbox: { ...sandbox, ...clock } });
    target = await RecordingTarget.listen();
    target.reply = ({ path, headers }, response) => {
      arrivals.push({ at: clock.now(), path, event: String(headers['provisor-event-id']) });
      response.end();
    };
    billing = await Billing.connect(sandbox.amqpUrl);
    for (const [name, from, to] of [
      ['long', '02:00', '04:00'],
      ['late', '02:30', '03:30'],
    ] as const) {
      const windows = [{ days: ['sun'], from, to, timeZone: 'Europe/Berlin' }];
      const { id } = await installation.json<{ id: string }>('POST', '/targets', {
        name,
        baseUrl: target.url(),
        windows,
      });
      const task = { type: 'http', target: id, path: `/${name}` };
      const event = name === 'long' ? 'clients.update' : 'clients.create';
      await installation.json('POST', '/handlers', { name, event, task });
    }
    clock.set('2026-03-29T00:59:45Z');
    await installation.startExecutor();
  }, 120_000);

  afterAll(async () => {
    await billing.close();
    await installation.stop();
    await target.close();
    await clock.stop();
    await sandbox.dispose();
  });

  const publish = async (id: string): Promise<void> => {
    await billing.publish({ type: 'clients.update', id: `long-${id}`, objectId: id });
    await billing.publish({ type: 'clients.create', id: `late-${id}`, objectId: `late-${id}` });
  };
  const arrivalOf = (event: string) => eventually(() => arrivals.find((arrival) => arrival.event === event), 45_000);
  const at = (time: string) => Date.parse(time);

  it('hold from the moment at which clocks skip their beginning until clocks show their end for the second time', async () => {
    await publish('before');
    for (const event of ['long-before', 'late-before'])
      expect((await arrivalOf(event)).at).toBeLessThan(at('2026-03-29T01:00:00Z'));
    await delay(at('2026-03-29T01:00:00.500Z') - clock.now());
    await publish('during');
    await eventually(async () => {
      const { items } = await installation.json<{ items: { reason: string }[] }>('GET', '/deferrals');
      return items.filter(({ reason }) => reason === 'held').length === 2 ? true : undefined;
    });
    // The executor asks for the time every 10 s, and has noticed by the end of the window.
    clock.set('2026-10-25T02:59:35Z');
    const late = (await arrivalOf('late-during')).at;
    const long = (await arrivalOf('long-during')).at;
    // By then, the last time that clocks showed its end lies behind.
    expect(late).toBeLessThan(at('2026-10-25T02:59:59Z'));
    expect(long).toBeGreaterThanOrEqual(at('2026-10-25T02:59:59.900Z'));
    expect(long).toBeLessThan(at('2026-10-25T03:00:05Z'));
    expect(arrivals).toHaveLength(4);
  });
});
