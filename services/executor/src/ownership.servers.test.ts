import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { createLogger } from '#observability';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Workbench } from './testing/workbench.ts';

const keys = 40;

describe('one executor for everything', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  const log: string[] = [];

  beforeAll(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    const task = { type: 'http', url: target.url(), method: 'POST', headers: {} } as const;
    await bench.addHandler({ name: 'record', event: 'clients.update', task });
    const lines = new PassThrough({ encoding: 'utf8' });
    lines.on('data', (line: string) => log.push(line));
    await bench.startExecutor({}, createLogger('executor', 'info', lines as unknown as NodeJS.WriteStream));
  });

  beforeEach(() => {
    target.calls.length = 0;
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
  });

  const told = (what: string): number => log.filter((line) => line.includes(what)).length;
  const moreTold = (what: string, before = told(what)) =>
    eventually(() => (told(what) > before ? true : undefined), 40_000);

  it('events of a key are handled in their order while direct dispatch begins, is lost with the partitions, and begins again', async () => {
    const load = await publishing('open');
    await moreTold('direct dispatch started', 0);
    await load.moreCalls(300);
    const before = told('direct dispatch started');
    // Nothing is in it while events are handled directly. That it goes ends the session by which all partitions are
    // read.
    await (await bench.billing()).deleteQueue('provisor.events.0');
    await load.moreCalls(300);
    await moreTold('direct dispatch started', before);
    await load.moreCalls(300);
    await load.end();
    expect(firstCalls()).toEqual(load.published);
  });

  it('events without an id of their own end direct dispatch, and nothing overtakes them', async () => {
    const load = await publishing('nameless');
    await load.moreCalls(100);
    const before = told('direct dispatch ended');
    const billing = await bench.billing();
    const dt = new Date().toISOString();
    const body = { event: { dt, events_id: 'clients.update', object_id: 'nameless-3' }, data: { n: 'nameless' } };
    const headers = { 'partition-key': 'nameless-3' };
    await billing.publishRaw('clients.update', Buffer.from(JSON.stringify(body)), { headers });
    await moreTold('direct dispatch ended', before);
    await load.moreCalls(200);
    await load.end();
    const calls = firstCalls();
    expect(calls['nameless-3']).toHaveLength(load.published['nameless-3']!.length + 1);
    calls['nameless-3'] = calls['nameless-3']!.filter((id) => id.startsWith('nameless-3:'));
    expect(calls).toEqual(load.published);
  });

  /** Publishes events of many keys at once until it is ended; gives their ids by key. */
  async function publishing(name: string) {
    const billing = await bench.billing();
    const published: Record<string, string[]> = {};
    const handled = new Set<unknown>();
    target.reply = ({ headers }, response) => {
      handled.add(headers['provisor-event-id']);
      response.end();
    };
    let going = true;
    const load = Array.from({ length: keys }, async (_, client) => {
      const key = `${name}-${client}`;
      const ids: string[] = (published[key] = []);
      for (let n = 0; going; n++) {
        const id = `${key}:${n}`;
        ids.push(await billing.publish({ type: 'clients.update', objectId: key, id }));
        // Without a limit what waits grows for as long as the test does.
        await eventually(() => (handled.has(`${key}:${n - 20}`) || n < 20 ? true : undefined), 60_000);
      }
    });
    const moreCalls = (count: number) => {
      const before = target.calls.length;
      return eventually(() => (target.calls.length >= before + count ? true : undefined), 30_000);
    };
    const end = async () => {
      going = false;
      await Promise.all(load);
      const ids = Object.values(published).flat();
      await Promise.all(ids.map((id) => bench.event(id)));
    };
    return { published, moreCalls, end };
  }

  /** Ids of events by object id, in the order in which they were first handled. */
  function firstCalls(): Record<string, string[]> {
    const handled: Record<string, Set<string>> = {};
    for (const { headers, body } of target.calls) {
      const { event } = JSON.parse(body) as { event: { object_id: string } };
      (handled[event.object_id] ??= new Set()).add(String(headers['provisor-event-id']));
    }
    return Object.fromEntries(Object.entries(handled).map(([key, ids]) => [key, [...ids]]));
  }
});
