import { statfs } from 'node:fs/promises';
import type { Figure, Finding } from '../figure.ts';
import { percentile } from '../percentile.ts';
import type { RestAnswer, RestCall, RestTask } from '../processes/rest-load.ts';
import { inTurns } from '../harness/alternating.ts';
import { FullJournal } from '../harness/full-journal.ts';
import { Helper } from '../harness/helper.ts';
import type { Load, Harness } from '../harness/harness.ts';

const usualRows = 10_000_000;
const quickRows = 200_000;
/**
 * On disk for each event, with its attempt, the indexes and what PostgreSQL writes beside: more than is measured, to be
 * sure.
 */
const bytesPerRow = 2_400;
const spareBytes = 3 * 1024 ** 3;
const pageSize = 50;

/** Throughput and lists beside a full journal, in turns with an empty one; and how much of a disk an event takes. */
export async function journal(harness: Harness): Promise<Finding[]> {
  const rows = harness.rows ?? (harness.quick ? quickRows : usualRows);
  const name = `${rows.toLocaleString('en')} events in the journal`;
  const { bavail, bsize } = await statfs(harness.installation.dataDir);
  const needed = rows * bytesPerRow + spareBytes;
  if (bavail * bsize < needed) {
    return [
      {
        name,
        leftOut: `it needs ${gigabytes(needed)} of disk, of which ${gigabytes(bavail * bsize)} are free; see --rows`,
      },
    ];
  }
  await harness.haveHandlers([{}]);
  const load: Load = { events: harness.quick ? 5_000 : 20_000, keys: 1_000, bytes: 500 };
  await harness.product({ ...load, events: 1_000 });
  harness.say(`journal: making ${name}`);
  const full = await FullJournal.make({
    databaseUrl: harness.installation.servers.databaseUrl,
    rows,
    days: 10,
    failedOf: 1_000,
    isIndexed: false,
    ...(await modelRow(harness)),
  });
  const rest = Helper.start<RestTask>('rest-load');
  try {
    const throughput = await throughputBeside(harness, full, load);
    const { bytes, events } = await full.smallSize();
    return [
      { name: `throughput, ${name}`, ...throughput, target: { atLeast: 0.9 } },
      ...(await listsBeside(harness, full, rest)),
      {
        name: 'on disk',
        unit: 'bytes/event',
        ours: { name: 'with its attempt and all indexes', runs: [bytes / events] },
      },
    ];
  } finally {
    await rest.stop();
    await full.remove();
  }
}

/** What the rows are made like. */
export async function modelRow({ database }: Harness): Promise<{ handlerId: string; response: string }> {
  const { rows } = await database.query<{ handlerId: string; response: string }>(
    'select handler_id as "handlerId", response from attempts order by id desc limit 1',
  );
  return rows[0]!;
}

async function throughputBeside(harness: Harness, full: FullJournal, load: Load): Promise<Omit<Figure, 'name'>> {
  harness.say('journal: throughput');
  const beside = async (which: 'full' | 'small'): Promise<number> => {
    await full.show(which);
    const { calls, seconds } = await harness.product(load);
    return calls / seconds;
  };
  const series = await inTurns(
    harness.quick ? 2 : 3,
    { name: 'full', measure: () => beside('full') },
    { name: 'empty', measure: () => beside('small') },
  );
  return { unit: 'events/s', ...series };
}

async function listsBeside(harness: Harness, full: FullJournal, rest: Helper<RestTask>): Promise<Figure[]> {
  const lists = await listsOf(harness);
  const runs = new Map(Object.keys(lists).map((name) => [name, { full: [] as number[], small: [] as number[] }]));
  for (let turn = 0; turn < (harness.quick ? 1 : 3); turn++) {
    for (const which of ['full', 'small'] as const) {
      harness.say(`journal: lists, ${which}`);
      await full.show(which);
      for (const [name, path] of Object.entries(lists)) {
        runs.get(name)![which].push(await typicalLatency(harness, rest, path));
      }
    }
  }
  return [...runs].map(([name, { full: ours, small }]) => ({
    name,
    unit: 'ms',
    ours: { name: 'full', runs: ours },
    reference: { name: 'empty', runs: small },
  }));
}

/** The lists that people look at. */
async function listsOf(harness: Harness): Promise<Record<string, string>> {
  const { handlerId } = await modelRow(harness);
  const { rows } = await harness.database.query<{ partition_key: string }>(
    'select partition_key from events order by id desc limit 1',
  );
  const hour = `from=${new Date(Date.now() - 3_600_000).toISOString()}`;
  const [events, executions] = ['events', 'executions'].map((list) => `/api/v1/${list}?limit=${String(pageSize)}`);
  return {
    events: events!,
    'events of a type': `${events!}&type=clients.update`,
    'events of an object': `${events!}&objectId=7`,
    'events of a key': `${events!}&partitionKey=${encodeURIComponent(rows[0]!.partition_key)}`,
    'events that failed': `${events!}&status=failed`,
    'events of the last hour': `${events!}&${hour}`,
    executions: executions!,
    'executions of a handler': `${executions!}&handlerId=${handlerId}`,
    'executions of an object': `${executions!}&objectId=7`,
    'executions that failed': `${executions!}&status=failed`,
  };
}

async function typicalLatency({ installation, quick }: Harness, rest: Helper<RestTask>, path: string): Promise<number> {
  const { apiKey, registryUrl: origin } = installation;
  const calls = Array.from({ length: quick ? 50 : 200 }, (): RestCall => ({ method: 'GET', path }));
  const { latencies } = await rest.ask<RestAnswer>({ origin, apiKey, atATime: 1, status: 200, calls });
  return percentile(latencies, 50);
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}
