import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '#observability';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Workbench } from './testing/workbench.ts';

describe('one event can be followed at LOG_LEVEL=debug', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let log: string;

  beforeEach(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    log = '';
    const lines = new PassThrough().on('data', (chunk: Buffer) => (log += chunk.toString()));
    const task = { type: 'http', url: target.url('/api'), method: 'POST', headers: {} } as const;
    const retry = { maxAttempts: 2, schedule: ['100ms'] };
    await bench.addHandler({ name: 'only', event: 'clients.update', task, retry });
    await bench.startExecutor({}, createLogger('executor', 'debug', lines as unknown as NodeJS.WriteStream));
  });

  afterEach(async () => {
    await bench.close();
    await target.close();
  });

  /** The stages of an event in the log, once it has come to `last`. */
  const stagesOf = (eventId: string, last: string): Promise<string[]> =>
    eventually(() => {
      const entries = log
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as { eventId?: string; msg: string });
      const all = entries.filter((entry) => entry.eventId === eventId).map(({ msg }) => msg);
      // An executor that has just started may not yet know that it consumes every partition; then the event takes one
      // way more.
      const stages = all.filter((msg) => msg !== 'event forwarded to its partition');
      return stages.includes(last) ? stages : undefined;
    });

  it('through the fast lane', async () => {
    await (await bench.billing()).publish({ type: 'clients.update', id: 'e-1' });
    expect(await stagesOf('e-1', 'event committed to the journal')).toEqual([
      'event received',
      'event admitted',
      'event planned',
      'calling handler',
      'attempt',
      'event committed to the journal',
    ]);
  });

  it('through a retry in the slow lane', async () => {
    target.reply = (_call, response) => {
      response.statusCode = target.calls.length === 1 ? 503 : 200;
      response.end();
    };
    await (await bench.billing()).publish({ type: 'clients.update', id: 'e-2' });
    expect(await stagesOf('e-2', 'attempts committed to the journal')).toEqual([
      'event received',
      'event admitted',
      'event planned',
      'calling handler',
      'attempt',
      'event committed to the journal',
      'event resumed from the slow lane',
      'event planned',
      'calling handler',
      'attempt',
      'attempts committed to the journal',
    ]);
  });
});
