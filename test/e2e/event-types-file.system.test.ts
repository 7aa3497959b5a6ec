import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation } from '../support/installation.ts';
import { RecordingTarget } from '../support/recording-target.ts';

describe('event types of the installation', () => {
  let folder: string;
  let sandbox: Sandbox;
  let installation: Installation;
  let target: RecordingTarget;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'event-types-'));
    const file = path.join(folder, 'types.json');
    const sample = { id: 9, parcel: 'P-1' };
    await writeFile(
      file,
      JSON.stringify({ eventTypes: [{ id: 'orders.shipped', group: 'Orders', label: 'shipped', sample }] }),
    );
    sandbox = await createSandbox();
    installation = await Installation.start({ EVENT_TYPES_FILE: file }, { sandbox });
    await installation.startExecutor();
    target = await RecordingTarget.listen();
  });

  afterAll(async () => {
    await target.close();
    await installation.stop();
    await sandbox.dispose();
    await rm(folder, { recursive: true });
  });

  it('are listed, take handlers, are described, and run', async () => {
    const { items } = await installation.json<{ items: { id: string; group: string; sample: object }[] }>(
      'GET',
      '/event-types',
    );
    expect(items).toHaveLength(26);
    expect(items.at(-1)).toMatchObject({ id: 'orders.shipped', group: 'Orders', sample: { data: { parcel: 'P-1' } } });
    const description = await (await installation.call('GET', '/openapi.json')).text();
    expect(description).toContain('"orders.shipped"');
    const task = { type: 'http', url: target.url() };
    await installation.json('POST', '/handlers', { name: 'ship', event: 'orders.shipped', task });

    const billing = await Billing.connect(sandbox.amqpUrl);
    await billing.publish({ type: 'orders.shipped', objectId: 9, id: 'shipped-9', key: null });
    await billing.close();
    const [call] = await eventually(() => (target.calls.length > 0 ? target.calls : undefined));
    expect(call!.headers).toMatchObject({ 'provisor-event-type': 'orders.shipped', 'provisor-event-id': 'shipped-9' });
    const event = await eventually(async () => {
      const response = await installation.call('GET', '/events/shipped-9');
      return response.ok ? ((await response.json()) as { status: string; partitionKey: string }) : undefined;
    });
    expect(event).toMatchObject({ status: 'succeeded', partitionKey: 'Orders:9' });
  });
});
