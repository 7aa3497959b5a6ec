import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation } from '../support/installation.ts';
import { RecordingTarget } from '../support/recording-target.ts';

interface RunningExecutor {
  pid: number;
  partitions: number[];
}

describe('under load', () => {
  let installation: Installation;
  let target: RecordingTarget;

  beforeAll(async () => {
    installation = await Installation.start({ PARTITIONS: '8', SHUTDOWN_TIMEOUT_MS: '2000' });
    target = await RecordingTarget.listen();
    for (const name of ['first', 'second']) {
      await installation.json('POST', '/handlers', {
        name,
        event: 'clients.update',
        task: { type: 'http', url: target.url(`/${name}`) },
      });
    }
  }, 120_000);

  afterAll(async () => {
    await target.close();
    await installation.stop();
  }, 90_000);

  it('killed executors and a restarted broker lose no confirmed event and let none overtake another', async () => {
    const executors = [await installation.startExecutor(), await installation.startExecutor()];
    const load = new Load(installation.servers.amqpUrl, 'killed', 37);
    const publishing = load.run();

    await eventually(() => (target.calls.length > 200 ? true : undefined));
    await executors[0]!.process.kill();
    await installation.startExecutor();
    await load.atLeast(1_500);
    await installation.servers.rabbitmq!.restart();
    await load.atLeast(2_500);
    await executors[1]!.process.kill();
    await load.atLeast(3_000);
    load.stop();
    await publishing;

    await expectNothingLostOrOvertaken(load.confirmed());
  }, 180_000);

  it('an executor that is paused until another has taken its place does no harm when it wakes up', async () => {
    await Promise.all([installation.startExecutor(), installation.startExecutor()]);
    const load = new Load(installation.servers.amqpUrl, 'paused', 7, 25);
    const publishing = load.run();
    await load.atLeast(200);
    const { items } = await installation.json<{ items: RunningExecutor[] }>('GET', '/executors');
    const busiest = items.toSorted((one, other) => other.partitions.length - one.partitions.length)[0]!;

    process.kill(busiest.pid, 'SIGSTOP');
    const published = new Set(load.confirmed());
    await eventually(() => {
      const since = callsTo('/second').filter((id) => !published.has(id));
      return load.keys.every((key) => since.some((id) => id.startsWith(`${key}:`))) || undefined;
    }, 60_000);
    process.kill(busiest.pid, 'SIGCONT');

    await load.atLeast(load.confirmed().length + 500);
    load.stop();
    await publishing;
    await expectNothingLostOrOvertaken(load.confirmed());
  }, 180_000);

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
  }, 90_000);

  const callsTo = (path: string) =>
    target.calls.filter((call) => call.path === path).map(({ headers }) => String(headers['provisor-event-id']));

  async function expectNothingLostOrOvertaken(confirmed: readonly string[]): Promise<void> {
    await eventually(() => {
      const seen = new Set(callsTo('/second'));
      const missing = confirmed.filter((id) => !seen.has(id));
      if (missing.length > 0)
        throw new Error(
          `${String(missing.length)} of ${String(confirmed.length)} never ran: ${missing.slice(0, 5).join(', ')}`,
        );
      return true;
    }, 60_000);
    for (const path of ['/first', '/second']) {
      expect(overtaken([...new Set(callsTo(path))])).toEqual([]);
    }
    const ids = new Set(confirmed);
    const calls = target.calls.filter(({ headers }) => ids.has(String(headers['provisor-event-id'])));
    const repeats = calls.length - new Set(calls.map(({ headers }) => headers['webhook-id'])).size;
    process.stdout.write(
      `${String(confirmed.length)} confirmed events, 0 lost, 0 overtaken, ${String(repeats)} calls repeated\n`,
    );
  }
});

/** Ids that came after a later one of the same key; ids are `key:number`. */
function overtaken(ids: string[]): string[] {
  const last = new Map<string, number>();
  return ids.filter((id) => {
    const [key = '', number = ''] = id.split(':');
    const before = last.get(key) ?? -1;
    last.set(key, Math.max(before, Number(number)));
    return Number(number) < before;
  });
}

/** Publishes events of many keys, each key's in order, and knows which of them the broker has confirmed. */
class Load {
  readonly #amqpUrl: string;
  readonly keys: readonly string[];
  readonly #pauseMs: number;
  readonly #confirmed: string[] = [];
  #stopped = false;

  /** @param pauseMs Between two events of a key; without it they come as fast as they are confirmed. */
  constructor(amqpUrl: string, name: string, keys: number, pauseMs = 0) {
    this.#amqpUrl = amqpUrl;
    this.#pauseMs = pauseMs;
    this.keys = Array.from({ length: keys }, (_, key) => `${name}-${String(key)}`);
  }

  confirmed(): string[] {
    return this.#confirmed;
  }

  stop(): void {
    this.#stopped = true;
  }

  async atLeast(count: number): Promise<void> {
    await eventually(() => (this.#confirmed.length >= count ? true : undefined), 60_000);
  }

  async run(): Promise<void> {
    await Promise.all(this.keys.map((key) => this.#runKey(key)));
  }

  /** An event whose confirm was lost with its connection is published again: the billing system cannot know better. */
  async #runKey(key: string): Promise<void> {
    let billing: Billing | undefined;
    for (let number = 0; !this.#stopped; number++) {
      const id = `${key}:${String(number)}`;
      for (let published = false; !published;) {
        try {
          billing ??= await Billing.connect(this.#amqpUrl);
          await billing.publish({ type: 'clients.update', objectId: key, id });
          published = true;
        } catch {
          billing = undefined;
          await delay(50);
        }
      }
      this.#confirmed.push(id);
      if (this.#pauseMs > 0) await delay(this.#pauseMs);
    }
    await billing?.close();
  }
}
