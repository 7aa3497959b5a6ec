import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { findRabbitmq } from '../../tools/servers/rabbitmq/program.ts';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation, type RunningExecutor } from '../support/installation.ts';
import { RecordingTarget } from '../support/recording-target.ts';

let installation: Installation;
let executor: RunningExecutor;
let target: RecordingTarget;
let billing: Billing;

beforeAll(async () => {
  installation = await Installation.start();
  executor = await installation.startExecutor();
  target = await RecordingTarget.listen();
  billing = await Billing.connect(installation.servers.amqpUrl);
  const task = { type: 'http', url: target.url() };
  await installation.json('POST', '/handlers', { name: 'record', event: 'clients.update', task });
}, 120_000);

afterAll(async () => {
  await billing.close();
  await target.close();
  await installation.stop();
});

const readiness = async () => {
  const response = await fetch(`${executor.url}/readyz`);
  return { ready: response.ok, checks: ((await response.json()) as { checks: Record<string, string> }).checks };
};
const called = (id: string) =>
  eventually(() => target.calls.some(({ headers }) => headers['provisor-event-id'] === id) || undefined);

// In Docker its memory limit is not ours to set.
const withRabbitmq = onlyWhere(it, (await findRabbitmq()) !== undefined, 'rabbitmq-server on this machine');
withRabbitmq(
  'while RabbitMQ blocks publishers for want of memory readiness says so, and afterwards all goes on by itself',
  async () => {
    const control = installation.servers.brokerNodes[0]!.control!;
    await billing.publish({ type: 'clients.update', id: 'before' });
    await called('before');

    await control('set_vm_memory_high_watermark', 'absolute', '1');
    // The broker blocks a connection when it next publishes.
    const published = billing.publish({ type: 'clients.update', id: 'meanwhile' });
    const { checks } = await eventually(async () => {
      const answer = await installation.call('POST', '/events', {
        event: { id: 'by REST', dt: '2026-03-01T09:15:00Z', events_id: 'clients.update', object_id: 12 },
        data: {},
      });
      if (answer.ok) return undefined;
      expect(answer.status).toBe(503);
      const registry = await fetch(`${installation.registryUrl}/readyz`);
      return registry.ok ? undefined : ((await registry.json()) as { checks: Record<string, string> });
    });
    expect(checks['rabbitmq']).toMatch(/block|memory/);

    await control('set_vm_memory_high_watermark', '0.4');
    await published;
    await called('meanwhile');
    await eventually(async () => ((await readiness()).ready ? true : undefined));
    await billing.publish({ type: 'clients.update', id: 'after' });
    await called('after');
    const calls = target.calls.map(({ headers }) => headers['provisor-event-id']);
    expect(calls.filter((id) => id !== 'by REST')).toEqual(['before', 'meanwhile', 'after']);
  },
  120_000,
);
