import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Billing } from '../support/billing.ts';
import { Installation } from '../support/installation.ts';
import { RecordingTarget } from '../support/recording-target.ts';

let installation: Installation;
let target: RecordingTarget;

beforeAll(async () => {
  installation = await Installation.start({ PARTITIONS: '8', SHUTDOWN_TIMEOUT_MS: '2000', LOG_LEVEL: 'info' });
  target = await RecordingTarget.listen();
  await installation.json('POST', '/handlers', {
    name: 'first',
    event: 'clients.update',
    task: { type: 'http', url: target.url('/first') },
  });
}, 120_000);

afterAll(async () => {
  await target.close();
  await installation.stop();
});

it('the registry logs that it stops, and that it has stopped', async () => {
  await installation.registry.stop();
  expect(await installation.registry.exited).toMatchObject({ code: 0 });
  const text = await readFile(join(installation.dataDir, 'registry.log'), 'utf8');
  const lines = text.trim().split('\n').slice(-2);
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { level: 'info', msg: 'stopping', signal: 'SIGTERM' },
    { level: 'info', msg: 'stopped' },
  ]);
});

it('an executor that is asked to stop while database and broker are away does stop', async () => {
  const executor = await installation.startExecutor();
  const billing = await Billing.connect(installation.servers.amqpUrl);
  await installation.servers.postgres!.stop();
  await billing.publish({ type: 'clients.update', id: 'in hand' });
  await billing.close();
  await installation.servers.rabbitmq!.stop();
  const stopped = performance.now();
  await executor.process.stop();
  expect(await executor.process.exited).toMatchObject({ code: 0 });
  // The deadline, and the last words to what does not answer.
  expect(performance.now() - stopped).toBeLessThan(25_000);
});
