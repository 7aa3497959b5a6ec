import { expect, test } from '@jest/globals';
import { inFlight, repeatsIn } from './checks/repeats.ts';
import { eventually } from '../support/eventually.ts';
import { harm } from './harm.ts';
import { summary } from './report/summary.ts';
import { count } from './report/words.ts';
import { runUnderLoad, type RunOptions, type RunResult, type Scene } from './run.ts';
import { pauseScenario, shortScenario, type Scenario } from './scenario.ts';

// What chance decides is decided by these; `npm run test:faults` tries others, and for longer.
const seeds = [20_261_124];

test.each(seeds)(
  'executors, brokers, databases and targets that die lose no confirmed event and let none overtake another (seed %i)',
  async (seed) => {
    await expectPromisesKept(shortScenario(seed), async (scene, options) => {
      await harm(options, scene);
    });
  },
  180_000,
);

test('an executor that is paused until another has taken its place does no harm when it wakes up', async () => {
  await expectPromisesKept(pauseScenario(7), async ({ site, ledger, calls }) => {
    const busiest = await busiestExecutor(site);
    const before = new Set(ledger.confirmed.map(({ id }) => id));
    const goOn = await site.disruptions.during('calls', () => Promise.resolve(site.fleet.pause(busiest)));
    await eventually(() => {
      const since = new Set(calls.calls.map(({ eventId }) => eventId).filter((id) => !before.has(id)));
      return [...ledger.byKey.values()].every((events) => events.some(({ id }) => since.has(id))) || undefined;
    }, 60_000);
    goOn();
    const more = ledger.confirmed.length + 500;
    await eventually(() => ledger.confirmed.length >= more || undefined, 60_000);
  });
}, 180_000);

async function expectPromisesKept(
  scenario: Scenario,
  harmed: (scene: Scene, options: RunOptions) => Promise<void>,
): Promise<void> {
  const said: string[] = [];
  const { signal } = new AbortController();
  const options: RunOptions = { scenario, say: (line) => said.push(line), signal };
  const result = await runUnderLoad(options, (scene) => harmed(scene, options));
  const broken = result.findings.flatMap((finding) => finding.broken);
  if (broken.length > 0) process.stdout.write(`${said.join('\n')}\n${summary(result)}\n`);
  expect(broken).toEqual([]);
  process.stdout.write(`${inOneLine(result)}\n`);
}

function inOneLine({ record }: RunResult): string {
  const confirmed = count(record.ledger.confirmed.length);
  const repeated = `${count(repeatsIn(record.calls).length)} of ${count(record.calls.length)} calls repeated`;
  return `${confirmed} confirmed events, 0 lost, 0 overtaken; ${repeated}, of ${count(inFlight(record))} answers in flight`;
}

interface Executors {
  items: { pid: number; partitions: number[] }[];
}

async function busiestExecutor({ installation, fleet }: Scene['site']) {
  const { items } = await installation.json<Executors>('GET', '/executors');
  const [busiest] = items.toSorted((one, other) => other.partitions.length - one.partitions.length);
  return fleet.awake.find((executor) => executor.process.pid === busiest?.pid)!;
}
