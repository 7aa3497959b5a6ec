import { randomBytes } from 'node:crypto';
import { MeasurementError } from '../bench-error.ts';
import type { Figure } from '../figure.ts';
import type { BareRegistryTask } from '../processes/bare-registry.ts';
import type { RestAnswer, RestCall, RestTask } from '../processes/rest-load.ts';
import { inTurns } from '../harness/alternating.ts';
import { haveFillers } from '../harness/fillers.ts';
import { Helper } from '../harness/helper.ts';
import type { Harness } from '../harness/harness.ts';

const atATime = 8;
const handlers = 1_000;
const pageSize = 50;

/** What answers, and whose time is taken. */
type Ask = (calls: readonly RestCall[], expected: Pick<RestTask, 'status' | 'items'>) => Promise<RestAnswer>;

/** What administrators do with handlers, beside a Fastify and pg of a hundred lines with the same SQL. */
export async function registry(harness: Harness): Promise<Figure[]> {
  const load = Helper.start<RestTask>('rest-load');
  const bare = Helper.start<BareRegistryTask>('bare-registry');
  const { servers, registryUrl, apiKey } = harness.installation;
  try {
    await harness.haveHandlers([{}]);
    await haveFillers(harness, handlers - 1);
    const databaseUrl = servers.serviceDatabaseUrls?.registry ?? servers.databaseUrl;
    const port = await bare.ask<number>({ databaseUrl });
    const at = (origin: string): Ask => {
      return (calls, expected) => load.ask<RestAnswer>({ origin, apiKey, atATime, calls, ...expected });
    };
    return await measured(harness, at(registryUrl), at(`http://127.0.0.1:${String(port)}`));
  } finally {
    await Promise.all([load.stop(), bare.stop()]);
    await haveFillers(harness, 0);
  }
}

async function measured(harness: Harness, ours: Ask, reference: Ask): Promise<Figure[]> {
  const figures: Figure[] = [];
  const perSecond: Record<string, (ask: Ask) => Promise<number>> = {
    create: (ask) => create(harness, ask, harness.quick ? 200 : 500),
    [`list ${String(pageSize)} of ${handlers.toLocaleString('en')}`]: (ask) =>
      list(ask, '', harness.quick ? 500 : 1_500),
    search: (ask) => list(ask, '&q=filler', harness.quick ? 500 : 1_500),
    patch: (ask) => patch(harness, ask, harness.quick ? 200 : 500),
  };
  for (const [name, measure] of Object.entries(perSecond)) {
    if (harness.quick && !name.startsWith('list')) continue;
    harness.say(`registry: ${name}`);
    const series = await inTurns(
      5,
      { name: 'provisor', measure: () => measure(ours) },
      { name: 'bare route', measure: () => measure(reference) },
    );
    figures.push({ name, unit: 'requests/s', ...series, ...(name.startsWith('list') && { guarded: 'higher' }) });
  }
  return figures;
}

async function create({ database }: Harness, ask: Ask, count: number): Promise<number> {
  const run = randomBytes(4).toString('hex');
  const calls = Array.from({ length: count }, (_, index): RestCall => {
    const task = { type: 'http', url: 'http://127.0.0.1:9/' };
    return {
      method: 'POST',
      path: '/api/v1/handlers',
      body: { name: `${run} ${String(index)}`, event: 'clients.create', task },
    };
  });
  const { seconds } = await ask(calls, { status: 201 });
  const { rows } = await database.query<{ made: number; audited: number }>(
    `select (select count(*) from handlers where name like $1)::integer as made,
       (select count(*) from audit where subject_name like $1 and action = 'handler.create')::integer as audited`,
    [`${run} %`],
  );
  await database.query('delete from handlers where name like $1', [`${run} %`]);
  if (rows[0]!.made !== count || rows[0]!.audited !== count) {
    throw new MeasurementError(`of ${String(count)} handlers there are ${JSON.stringify(rows[0])}`);
  }
  return count / seconds;
}

async function list(ask: Ask, query: string, count: number): Promise<number> {
  const path = `/api/v1/handlers?sort=priority,name&page=1&limit=${String(pageSize)}${query}`;
  const calls = Array.from({ length: count }, (): RestCall => ({ method: 'GET', path }));
  const { seconds } = await ask(calls, { status: 200, items: pageSize });
  return count / seconds;
}

/** Each handler once. */
async function patch({ database }: Harness, ask: Ask, count: number): Promise<number> {
  const description = randomBytes(4).toString('hex');
  const { rows } = await database.query<{ id: string }>(
    `select id from handlers where name like 'filler %' order by id limit $1`,
    [count],
  );
  const calls = rows.map(({ id }): RestCall => ({
    method: 'PATCH',
    path: `/api/v1/handlers/${id}`,
    body: { description },
  }));
  const { seconds } = await ask(calls, { status: 200 });
  const changed = await database.query('select 1 from handlers where description = $1', [description]);
  if (changed.rowCount !== count)
    throw new MeasurementError(`${String(changed.rowCount)} of ${String(count)} handlers were changed`);
  return count / seconds;
}
