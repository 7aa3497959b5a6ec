import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'amqplib';
import { filledIn, parameterValues, type RecipeParameter, type RecipeSet } from '#contracts';
import type { Stack } from '../../stack/index.ts';
import { DemoError } from '../demo-error.ts';
import { registerHandlers } from '../handlers.ts';
import { Registry } from '../registry.ts';
import { waitForCatalog } from '../waiting.ts';
import { expectedAnswer, newClients, standingAfter, type Client } from './clients.ts';
import { sipPassword, startExchange, writeScripts, type Exchange } from './exchange.ts';
import { Screen } from './screen.ts';
import { scenes, scenesAgain, type Scene } from './scenes.ts';
import { clientTable } from './table.ts';

/** So that a later demo, of either kind, finds what this one has made. */
const namePrefix = 'Demo ';
const everyMs = 1_000;
/** Time to look at the table between two scenes. */
const sceneMs = 2_000;
/** How long calls may be answered otherwise than billing wants: a handler's third attempt comes after 7 seconds. */
const patienceMs = 60_000;

/** Lines of at most 80 columns, for those who see it for the first time. */
const introduction = `
Five clients call once a second through a private Kamailio, a telephone switch.
Billing publishes events to RabbitMQ. The handlers of examples/recipes/kamailio
change Kamailio. The table shows the last answer to each client's call:
"…" marks an answer that does not yet follow what billing said.
`;

interface ServedRecipe {
  parameters: RecipeParameter[];
  set: RecipeSet;
  files: { name: string; text: string; executable: boolean }[];
}

export interface TelecomOptions {
  /** Where the recipe's script goes; one of SCRIPTS_DIRS. */
  scripts: string;
  /** Ends after one round, without pauses to look at. */
  once: boolean;
}

/**
 * Shows the recipe for Kamailio at work: five clients call every second while their balances change and Kamailio is
 * killed.
 *
 * @throws DemoError When calls are answered otherwise than billing wants
 */
export async function runTelecom(stack: Stack, signal: AbortSignal, options: TelecomOptions): Promise<void> {
  const exchange = await startExchange(stack);
  const registry = new Registry(stack.access.registryUrl, stack.access.apiKey);
  await followRecipe(registry, exchange, options.scripts);
  await waitForCatalog(registry, signal);
  const billing = await connectBilling(stack.access.amqpUrl);
  console.log(introduction);
  const clients = newClients();
  const screen = new Screen();
  const calls = callForever(clients, exchange, screen, signal);
  try {
    const play = (round: readonly Scene[]) => playRound(round, { clients, exchange, billing, screen, signal, options });
    await Promise.race([play(scenes), calls.failure]);
    while (!options.once && !signal.aborted) await Promise.race([play(scenesAgain), calls.failure]);
  } finally {
    await calls.stop();
    await billing.close();
  }
}

/** As `provisor recipes write` and `provisor handlers apply` do it. */
async function followRecipe(registry: Registry, exchange: Exchange, scripts: string): Promise<void> {
  const recipe = await registry.get<ServedRecipe>('/recipes/kamailio');
  await writeScripts(scripts, recipe.files, exchange.settings);
  const given = { KAMAILIO_URL: new URL(exchange.kamailio.rpcUrl).origin };
  const found = parameterValues(recipe.parameters, (name) => (given as Record<string, string | undefined>)[name]);
  if ('faults' in found) throw new DemoError(`the recipe asks for more: ${JSON.stringify(found.faults)}`);
  await registerHandlers(registry, []); // Those of an earlier demo would run as well.
  await registry.put('/handlers/set', renamed(filledIn(recipe.set, found.values)));
}

function renamed({ targets, handlers }: RecipeSet): RecipeSet {
  const named = (name: unknown): string => `${namePrefix}${String(name)}`;
  return {
    targets: targets.map((target) => ({ ...target, name: named(target['name']) })),
    handlers: handlers.map((handler) => {
      const task = handler['task'] as Record<string, unknown>;
      const own = 'target' in task ? { ...task, target: named(task['target']) } : task;
      return { ...handler, name: named(handler['name']), task: own };
    }),
  };
}

interface Stage {
  clients: Client[];
  exchange: Exchange;
  billing: TelecomBilling;
  screen: Screen;
  signal: AbortSignal;
  options: TelecomOptions;
}

async function playRound(round: readonly Scene[], stage: Stage): Promise<void> {
  for (const scene of round) {
    if (stage.signal.aborted) return;
    await playScene(scene, stage);
  }
}

async function playScene(scene: Scene, stage: Stage): Promise<void> {
  const { clients, exchange, billing, screen, signal, options } = stage;
  switch (scene.do) {
    case 'event': {
      await billing.publish(scene.type, scene.client);
      clients.find(({ id }) => id === scene.client)!.standing = standingAfter(scene.type);
      screen.say(`billing: ${scene.type} ${scene.client}`);
      if (!options.once) await pause(sceneMs, signal);
      return;
    }
    case 'kill':
      screen.say('Kamailio is killed');
      await exchange.kamailio.server.kill();
      return;
    case 'restart':
      if (!options.once) await pause(sceneMs, signal);
      await exchange.kamailio.server.start();
      screen.say('Kamailio is back');
      return;
    case 'check':
      await settled(stage);
      screen.say('every call is answered as billing wants it');
      if (!options.once) await pause(2 * sceneMs, signal);
  }
}

/** Waits until each client's call is answered as billing wants it. */
async function settled({ clients, signal }: Stage): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const wrong = clients.filter(({ answer, standing }) => answer !== expectedAnswer(standing));
    if (wrong.length === 0 || signal.aborted) return;
    if (performance.now() > deadline) {
      const told = wrong.map(
        ({ id, standing, answer }) => `${id}: ${String(answer)} instead of ${expectedAnswer(standing)}`,
      );
      throw new DemoError(`calls are answered otherwise than billing wants: ${told.join(', ')}`);
    }
    await pause(everyMs / 4, signal);
  }
}

/** Every client calls once a second, for as long as the demo runs. */
function callForever(
  clients: readonly Client[],
  exchange: Exchange,
  screen: Screen,
  signal: AbortSignal,
): { failure: Promise<never>; stop: () => Promise<void> } {
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  const { promise: failure, reject } = Promise.withResolvers<never>();
  failure.catch(() => {}); // Those that race against it get it.
  const run = async (): Promise<void> => {
    while (!until.aborted) {
      const began = performance.now();
      await Promise.all(
        clients.map(async (client) => {
          client.answer = await exchange.call(client.id);
        }),
      );
      screen.show(clientTable(clients));
      await pause(Math.max(0, everyMs - (performance.now() - began)), until);
    }
  };
  const running = run().catch(reject);
  return {
    failure,
    stop: async () => {
      ended.abort();
      await running;
    },
  };
}

interface TelecomBilling {
  publish(type: string, client: number): Promise<void>;
  close(): Promise<void>;
}

async function connectBilling(amqpUrl: string): Promise<TelecomBilling> {
  const connection = await connect(amqpUrl);
  const channel = await connection.createConfirmChannel();
  return {
    async publish(type, client) {
      const id = randomUUID();
      const data = type === 'clients.create' ? { id: client, name: `Client ${client}`, sip_password: sipPassword } : {};
      const body = { event: { id, dt: new Date().toISOString(), events_id: type, object_id: client }, data };
      channel.publish('billing.events', type, Buffer.from(JSON.stringify(body)), {
        contentType: 'application/json',
        persistent: true,
        messageId: id,
        headers: { 'partition-key': String(client) },
      });
      await channel.waitForConfirms();
    },
    close: () => connection.close(),
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
