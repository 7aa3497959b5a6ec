import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation } from '../support/installation.ts';
import { RecordingTarget } from '../support/recording-target.ts';

const events = 250;
const bodyBytes = 1_000_000;
/** Of a container of 512 MiB, less what the process that starts scripts takes. */
const mostMegabytes = 450;

let sandbox: Sandbox;
let installation: Installation;
let target: RecordingTarget;
let billing: Billing;

beforeAll(async () => {
  sandbox = await createSandbox();
  installation = await Installation.start({}, { sandbox });
  target = await RecordingTarget.listen();
  billing = await Billing.connect(sandbox.amqpUrl);
  const task = { type: 'http', url: target.url() };
  await installation.json('POST', '/handlers', { name: 'record', event: 'clients.update', task });
}, 120_000);

afterAll(async () => {
  await billing.close();
  await target.close();
  await installation.stop();
  await sandbox.dispose();
});

it('a backlog of long events is handled in the memory of a small container', async () => {
  const done = new Set<string>();
  target.reply = (call, response) => {
    done.add(String(call.headers['provisor-event-id']));
    // Not kept: it is this process that would need the memory.
    target.calls.length = 0;
    response.end();
  };
  const text = 'x'.repeat(bodyBytes - 300);
  for (let n = 0; n < events; n++) {
    await billing.publish({ type: 'clients.update', id: `long-${n}`, objectId: n % 50, data: { text } });
  }
  const executor = await installation.startExecutor();
  await eventually(() => (done.size === events ? true : undefined), 200_000);
  if (process.platform !== 'linux') {
    process.stdout.write('not measured: only Linux tells the most memory that a process had\n');
    return;
  }
  const status = readFileSync(`/proc/${executor.process.pid}/status`, 'utf8');
  const kibibytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]);
  expect(kibibytes / 1024).toBeGreaterThan(50);
  expect(kibibytes / 1024).toBeLessThan(mostMegabytes);
}, 300_000);
