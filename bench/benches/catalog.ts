import type { Figure } from '../figure.ts';
import { percentile } from '../percentile.ts';
import type { Stand } from '../stand/stand.ts';
import { eventually } from '../../test/support/eventually.ts';

interface CatalogAnswer {
  executors: { revisionAt: string; inForce: boolean }[];
}

/** The 99th percentile is to be no more than this, milliseconds. */
const longestMs = 100;

/** From the answer to a change of a handler until it is in force on every executor. */
export async function catalog(stand: Stand): Promise<Figure[]> {
  const figures: Figure[] = [];
  const cases = stand.quick
    ? [{ executors: 1, handlers: 10 }]
    : [1, 4, 8].flatMap((executors) => [10, 1_000, 10_000].map((handlers) => ({ executors, handlers })));
  for (const { executors, handlers } of cases) {
    stand.say(`catalog: ${String(handlers)} handlers, ${String(executors)} executors`);
    await stand.haveHandlers([{}]);
    await fill(stand, handlers - 1);
    const delays = await stand.withExecutors(executors, {}, async (start) => {
      await start();
      return changes(stand, executors, stand.quick ? 30 : 100);
    });
    await fill(stand, 0);
    for (const percent of [50, 99]) {
      figures.push({
        name: `p${String(percent)}, ${String(handlers)} handlers, ${String(executors)} executor${executors > 1 ? 's' : ''}`,
        unit: 'ms',
        ours: { name: 'provisor', runs: [percentile(delays, percent)] },
        ...(percent === 99 && { limit: longestMs }),
      });
    }
  }
  return figures;
}

async function changes(stand: Stand, executors: number, count: number): Promise<number[]> {
  const { installation } = stand;
  const { items } = await installation.json<{ items: { id: string }[] }>('GET', '/handlers?q=bench%200');
  const delays: number[] = [];
  for (let change = 0; change < count; change++) {
    await installation.json('PATCH', `/handlers/${items[0]!.id}`, {
      description: `change ${String(change)} ${String(Math.random())}`,
    });
    const answeredAt = Date.now();
    const found = await eventually(async () => {
      const answer = await installation.json<CatalogAnswer>('GET', '/catalog');
      const all = answer.executors.length === executors && answer.executors.every(({ inForce }) => inForce);
      return all ? answer : undefined;
    });
    const last = Math.max(...found.executors.map(({ revisionAt }) => Date.parse(revisionAt)));
    // By the clock of the machine, which has milliseconds; what was in force before the answer took no time.
    delays.push(Math.max(0, last - answeredAt));
  }
  return delays;
}

/** So many further handlers of another type, put straight into the table: making them one by one is not what is measured. */
async function fill(stand: Stand, count: number): Promise<void> {
  await stand.database.query(`delete from handlers where name like 'filler %'`);
  await stand.database.query(
    `insert into handlers (id, name, description, event, task, status, priority, on_failure, timeout_ms, retry, max_concurrency, version, created_at, updated_at)
     select gen_random_uuid(), 'filler ' || number, '', 'clients.delete', task, 'enabled', number, on_failure, timeout_ms, retry,
       max_concurrency, 1, now(), now()
     from (select * from handlers where name = 'bench 0' and status = 'enabled') as model, generate_series(1, $1) as number`,
    [count],
  );
}
