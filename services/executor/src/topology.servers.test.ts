import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { billingExchange, configExchange, intakeQueue, partitionQueue } from '#contracts';
import { BrokerOperator } from '../../../test/support/broker-operator.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { samplesOf } from '../../../test/support/metric-samples.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import type { ExecutorApp } from './executor-app.ts';
import { Workbench } from './testing/workbench.ts';

const task = (target: RecordingTarget) => ({ type: 'http', url: target.url(), method: 'POST', headers: {} }) as const;
/** The promise, and the load of the machine that tests. */
const patienceMs = 20_000;

describe('when somebody changes what is in RabbitMQ, an executor', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let executor: ExecutorApp;
  let operator: BrokerOperator;
  let other: BrokerOperator['channel'];

  beforeEach(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    await bench.addHandler({ name: 'record', event: 'clients.update', task: task(target) });
    executor = await bench.startExecutor({ logLevel: 'silent' });
    operator = await BrokerOperator.connect(bench.sandbox.amqpUrl);
    other = operator.channel;
  });

  afterEach(async () => {
    await operator.close();
    await bench.close();
    await target.close();
  });

  /** Publishes until an event finds its way, as a publisher does that uses `mandatory`. */
  async function published(id: string): Promise<void> {
    const event = { id, dt: '2026-03-01T09:15:00+00:00', events_id: 'clients.update', object_id: 12 };
    const content = Buffer.from(JSON.stringify({ event, data: {} }));
    await eventually(
      async () => (await operator.takes(billingExchange, 'clients.update', content)) || undefined,
      patienceMs,
    );
    expect(await bench.event(id)).toMatchObject({ status: 'succeeded' });
  }

  const readiness = async () => {
    const response = await fetch(`${await executor.url()}/readyz`);
    return { ready: response.ok, checks: ((await response.json()) as { checks: Record<string, string> }).checks };
  };

  const repairs = async (kind: string) =>
    samplesOf(await (await fetch(`${await executor.url()}/metrics`)).text()).value('provisor_topology_repairs_total', {
      kind,
    });

  it('binds the intake to the exchange again that another client has declared anew', async () => {
    await published('before');
    await other.deleteExchange(billingExchange);
    await other.assertExchange(billingExchange, 'topic', { durable: true });
    await published('after');
  });

  it('declares an exchange and queues again that are deleted, and counts them', async () => {
    await published('before');
    await other.deleteExchange(billingExchange);
    await eventually(async () => ((await repairs('exchange')) === 1 ? true : undefined), patienceMs);
    await other.unbindQueue(intakeQueue, billingExchange, '#');
    await published('after the exchange');
    await other.deleteQueue(intakeQueue);
    await published('after the intake');
    await other.deleteQueue(partitionQueue(0));
    await eventually(async () => ((await operator.consumers(partitionQueue(0))) === 1 ? true : undefined), patienceMs);
    await published('after a partition');
    expect(await repairs('queue')).toBe(2);
  });

  it('is not ready while an exchange of another type is in the way, and mends that when it is gone', async () => {
    await other.deleteExchange(billingExchange);
    await other.assertExchange(billingExchange, 'fanout', { durable: true });
    const { checks } = await eventually(async () => {
      const found = await readiness();
      return found.ready ? undefined : found;
    }, patienceMs);
    expect(checks['topology']).toMatch(/PRECONDITION_FAILED.*billing\.events/);
    await other.deleteExchange(billingExchange);
    await eventually(async () => ((await readiness()).ready ? true : undefined), patienceMs);
    await published('after');
  });

  it('hears of changes again when the exchange of the configuration was deleted', async () => {
    await other.deleteExchange(configExchange);
    await eventually(
      async () => (await operator.takes(configExchange, '', Buffer.from('{}'))) || undefined,
      patienceMs,
    );
  });
});
