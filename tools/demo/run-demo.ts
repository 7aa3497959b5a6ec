import { isNotice } from '#contracts';
import type { Stack } from '../stack/index.ts';
import type { EventType, Handler, JournalEvent } from './api.ts';
import { connectBilling, type Billing } from './billing.ts';
import { DemoError } from './demo-error.ts';
import { expectInOrder } from './expectation.ts';
import { demoHandlers, exampleScript, registerHandlers } from './handlers.ts';
import { startReceiver } from './receiver.ts';
import { Registry } from './registry.ts';
import { timeline } from './timeline.ts';
import { waitForCatalog, waitForEvent } from './waiting.ts';

interface Demo {
  registry: Registry;
  billing: Billing;
  types: EventType[];
  signal: AbortSignal;
}

/** The type whose handlers change places. It has a script and an HTTP handler. */
const reorderedType = 'clients.accounts.create';

/**
 * Shows what Provisor does, over nothing but its REST interface and RabbitMQ, and checks it on the way.
 *
 * @throws DemoError when an event failed or handlers ran in another order than their priorities say
 */
export async function runDemo(stack: Stack, signal: AbortSignal): Promise<void> {
  const registry = new Registry(stack.access.registryUrl, stack.access.apiKey);
  // Provisor's own notices tell of troubles, and a demo has none.
  const types = (await registry.eventTypes()).filter(({ id }) => !isNotice(id));
  const billing = await connectBilling(stack.access.amqpUrl);
  try {
    const demo = { registry, billing, types, signal };
    const handlers = await showRegistration(demo, stack);
    await showEveryEvent(demo, handlers);
    await showReordering(demo, handlers);
  } finally {
    await billing.close();
  }
}

async function showRegistration({ registry, types, signal }: Demo, { supervisor, root }: Stack): Promise<Handler[]> {
  const script = exampleScript();
  const handlers = await registerHandlers(registry, demoHandlers(types, script, await startReceiver(supervisor, root)));
  const revision = await waitForCatalog(registry, signal);
  const scripts = handlers.filter(({ task }) => task.type === 'script').length;
  console.log(
    `1. Handlers: ${handlers.length - scripts} that call over HTTP and ${scripts} that run examples/handlers/${script}.`,
  );
  if (script.endsWith('.mjs')) console.log('   There is no python3 here, so the scripts are those in JavaScript.');
  console.log(`   Every executor has them (revision ${revision} of the catalog).\n`);
  return handlers;
}

async function showEveryEvent(demo: Demo, handlers: Handler[]): Promise<void> {
  console.log('2. One event of every type, published to the exchange billing.events in RabbitMQ:\n');
  const ids: string[] = [];
  for (const type of demo.types) ids.push(await demo.billing.publish(type));
  const events = await Promise.all(
    ids.map((id, index) => waitForEvent(demo.registry, id, demo.types[index]?.id ?? '', demo.signal)),
  );
  console.log(`${timeline(events)}\n`);
  for (const event of events) expectInOrder(event, handlers);
}

async function showReordering(demo: Demo, handlers: Handler[]): Promise<void> {
  const { registry, signal } = demo;
  const first = handlers.find(({ event, priority }) => event === reorderedType && priority === 1);
  if (!first) throw new DemoError(`there is no event type ${reorderedType}`);
  const changed = await registry.changeHandler(first, { priority: 3 });
  const answered = performance.now();
  const revision = await waitForCatalog(registry, signal);
  const delay = Math.round(performance.now() - answered);
  console.log(`3. "${first.name}" gets priority 3 (was 1) with one PATCH. ${delay} ms after the answer`);
  console.log(`   every executor runs revision ${revision}. The next event runs in the new order:\n`);

  const event = await publishAndWait(demo, reorderedType);
  console.log(`${timeline([event])}\n`);
  expectInOrder(event, [...handlers.filter(({ id }) => id !== changed.id), changed]);
}

async function publishAndWait({ billing, registry, types, signal }: Demo, typeId: string): Promise<JournalEvent> {
  const type = types.find(({ id }) => id === typeId);
  if (!type) throw new DemoError(`there is no event type ${typeId}`);
  return waitForEvent(registry, await billing.publish(type), typeId, signal);
}
