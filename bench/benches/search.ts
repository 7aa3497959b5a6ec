import { statfs } from 'node:fs/promises';
import type { Figure, Finding, Series } from '../figure.ts';
import { percentile } from '../percentile.ts';
import { total } from '../processor-time.ts';
import { benchSearchFields } from '../processes/bench-event.ts';
import type { RestAnswer, RestCall, RestTask } from '../processes/rest-load.ts';
import { FullJournal } from '../harness/full-journal.ts';
import { costNeeds, type Harness, type Load, type Run } from '../harness/harness.ts';
import { Helper } from '../harness/helper.ts';
import { modelRow } from './journal.ts';

const usualRows = 10_000_000;
const quickRows = 200_000;
const days = 30;
/** Some twenty thousand of a day's events, of ten million in thirty days. */
const failedOf = 17;
/** On disk for each event, with its attempt, three values and the indexes: more than is measured, to be sure. */
const bytesPerRow = 2_800;
const spareBytes = 3 * 1024 ** 3;
/** Of the rows. */
const clients = 100_000;

/** What indexing three fields costs the fast lane, and how long look-ups and searches take in ten million events. */
export async function search(harness: Harness): Promise<Finding[]> {
  return [...(await costOfFields(harness)), ...(await timesOfSearches(harness))];
}

async function costOfFields(harness: Harness): Promise<Finding[]> {
  await harness.haveHandlers([{}]);
  const events = harness.quick ? 10_000 : 60_000;
  const load: Load = { events, warmUp: Math.round(events / 3), keys: 1_000, bytes: 500, watchProcessor: true };
  const runs = { with: [] as Run[], without: [] as Run[] };
  for (let turn = 0; turn < (harness.quick ? 2 : 5); turn++) {
    harness.say(`search: fast lane with three fields and without, turn ${String(turn + 1)}`);
    runs.with.push(await harness.product(load, { settings: { SEARCH_FIELDS: benchSearchFields } }));
    runs.without.push(await harness.product(load));
  }
  const series = (of: (run: Run) => number): Pick<Figure, 'ours'> & { reference: Series } => ({
    ours: { name: 'three fields', runs: runs.with.map(of) },
    reference: { name: 'no fields', runs: runs.without.map(of) },
  });
  const speed = {
    name: 'fast lane, three indexed fields',
    unit: 'events/s',
    ...series(({ calls, seconds }) => calls / seconds),
    target: { atLeast: 0.92 },
  };
  const isKnown = [...runs.with, ...runs.without].every(({ cost }) => cost !== undefined);
  if (!isKnown) return [speed, { name: 'processor time, three indexed fields', leftOut: costNeeds }];
  const cost = { name: 'processor time, three indexed fields', unit: 'µs/event', ...series((run) => total(run.cost!)) };
  return [speed, cost];
}

async function timesOfSearches(harness: Harness): Promise<Finding[]> {
  const rows = harness.rows ?? (harness.quick ? quickRows : usualRows);
  const name = `${rows.toLocaleString('en')} events of ${String(days)} days`;
  const { bavail, bsize } = await statfs(harness.installation.dataDir);
  const needed = rows * bytesPerRow + spareBytes;
  if (bavail * bsize < needed) {
    const [wanted, free] = [needed, bavail * bsize].map((bytes) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`);
    return [{ name, leftOut: `it needs ${wanted!} of disk, of which ${free!} are free; see --rows` }];
  }
  const searching = await harness.beside({ settings: { SEARCH_FIELDS: benchSearchFields } });
  try {
    await searching.haveHandlers([{}]);
    await searching.product({ events: 1_000, keys: 1_000, bytes: 500 });
    harness.say(`search: making ${name}`);
    const full = await FullJournal.make({
      databaseUrl: searching.installation.servers.databaseUrl,
      rows,
      days,
      failedOf,
      isIndexed: true,
      ...(await modelRow(searching)),
    });
    try {
      await full.show('full');
      return await measuredSearches(searching, name);
    } finally {
      await full.close();
    }
  } finally {
    await searching.close();
  }
}

async function measuredSearches(harness: Harness, of: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  const rest = Helper.start<RestTask>('rest-load');
  try {
    for (const [name, { path, limitMs }] of Object.entries(await searchesOf(harness))) {
      harness.say(`search: ${name}`);
      const runs: number[] = [];
      for (let turn = 0; turn < (harness.quick ? 1 : 3); turn++) {
        runs.push(await slowest(harness, rest, path, limitMs > 100 ? 100 : 300));
      }
      // Making the events takes long: each figure is shown as soon as it is there.
      harness.say(`search: ${name}, p99 ${runs.map((run) => run.toFixed(0)).join(', ')} ms`);
      figures.push({ name: `${name}, p99, ${of}`, unit: 'ms', ours: { name: 'p99', runs }, limit: limitMs });
    }
  } finally {
    await rest.stop();
  }
  return figures;
}

interface Searched {
  /** Of one call of many: each looks for something else. */
  readonly path: (call: number) => string;
  readonly limitMs: number;
}

async function searchesOf({ database }: Harness): Promise<Record<string, Searched>> {
  const { rows } = await database.query<{ event_id: string; execution_id: string }>(
    `select event_id, execution_id from attempts tablesample system (0.01) limit 300`,
  );
  const client = (call: number): string => String((call * 7_919) % clients);
  const lookUp = (call: number): string => encodeURIComponent(`phone:+49${client(call).padStart(9, '0')}`);
  const events = (query: string): string => `/api/v1/events?${query}`;
  const executions = (query: string): string => `/api/v1/executions?${query}`;
  const row = (call: number): (typeof rows)[number] => rows[call % rows.length]!;
  return {
    'look-up': { path: (call) => events(`lookup=${lookUp(call)}`), limitMs: 50 },
    'look-up of a type': { path: (call) => events(`type=clients.create&lookup=${lookUp(call)}`), limitMs: 50 },
    'look-up of a value that is not there': { path: (call) => events(`lookup=phone:${String(call)}`), limitMs: 50 },
    'event by its id': { path: (call) => events(`q=${row(call).event_id}`), limitMs: 500 },
    'execution by its id': { path: (call) => executions(`q=${row(call).execution_id}`), limitMs: 500 },
    'text that a few of a day have': { path: (call) => events(`q=client%20${client(call)}`), limitMs: 500 },
    'text that all of a day have': { path: () => events('q=no%20such%20client'), limitMs: 500 },
    'text that none has': { path: (call) => events(`q=nothing%20${String(call)}`), limitMs: 500 },
    'executions with a text that all have': { path: () => executions('q=no%20such%20client'), limitMs: 500 },
    'executions with a text that none has': { path: (call) => executions(`q=nothing%20${String(call)}`), limitMs: 500 },
  };
}

async function slowest(
  { installation, quick }: Harness,
  rest: Helper<RestTask>,
  path: Searched['path'],
  times: number,
): Promise<number> {
  const { apiKey, registryUrl: origin } = installation;
  const calls = Array.from({ length: quick ? 30 : times }, (_, call): RestCall => ({
    method: 'GET',
    path: path(call),
  }));
  const { latencies } = await rest.ask<RestAnswer>({ origin, apiKey, atATime: 1, status: 200, calls });
  return percentile(latencies, 99);
}
