import { randomBytes } from 'node:crypto';
import { MeasurementError } from '../bench-error.ts';
import type { Figure } from '../figure.ts';
import type { BareRegistryTask } from '../processes/bare-registry.ts';
import type { RestAnswer, RestCall, RestTask } from '../processes/rest-load.ts';
import { inTurns } from '../stand/alternating.ts';
import { haveFillers } from '../stand/fillers.ts';
import { Helper } from '../stand/helper.ts';
import type { Stand } from '../stand/stand.ts';

const atATime = 8;
const handlers = 1_000;
const pageSize = 50;

/** What answers, and whose time is taken. */
type Ask = (calls: readonly RestCall[], expected: Pick<RestTask, 'status' | 'items'>) => Promise<RestAnswer>;

/** What administrators do with handlers, beside a Fastify and pg of a hundred lines with the same SQL. */
export async function registry(stand: Stand): Promise<Figure[]> {
  const load = Helper.start<RestTask>('rest-load');
  const bare = Helper.start<BareRegistryTask>('bare-registry');
  const { servers, registryUrl, apiKey } = stand.installation;
  try {
    await stand.haveHandlers([{}]);
    await haveFillers(stand, handlers - 1);
    const databaseUrl = servers.serviceDatabaseUrls?.registry ?? servers.databaseUrl;
    const port = await bare.ask<number>({ databaseUrl });
    const at = (origin: string): Ask => {
      return (calls, expected) => load.ask<RestAnswer>({ origin, apiKey, atATime, calls, ...expected });
    };
    return await measured(stand, at(registryUrl), at(`http://127.0.0.1:${String(port)}`));
  } finally {
    await Promise.all([load.stop(), bare.stop()]);
    await haveFillers(stand, 0);
  }
}

async function measured(stand: Stand, ours: Ask, reference: Ask): Promise<Figure[]> {
  const figures: Figure[] = [];
  const perSecond: Record<string, (ask: Ask) => Promise<number>> = {
    create: (ask) => create(stand, ask, stand.quick ? 200 : 500),
    [`list ${String(pageSize)} of ${handlers.toLocaleString('en')}`]: (ask) => list(ask, '', stand.quick ? 500 : 1_500),
    search: (ask) => list(ask, '&q=filler', stand.quick ? 500 : 1_500),
    patch: (ask) => patch(stand, ask, stand.quick ? 200 : 500),
  };
  for (const [name, measure] of Object.entries(perSecond)) {
    if (stand.quick && !name.startsWith('list')) continue;
    stand.say(`registry: ${name}`);
    const series = await inTurns(
      5,
      { name: 'provisor', measure: () => measure(ours) },
      { name: 'bare route', measure: () => measure(reference) },
    );
    figures.push({ name, unit: 'requests/s', ...series, ...(name.startsWith('list') && { guarded: 'higher' }) });
  }
  return figures;
}

async function create({ database }: Stand, ask: Ask, count: number): Promise<number> {
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
async function patch({ database }: Stand, ask: Ask, count: number): Promise<number> {
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
