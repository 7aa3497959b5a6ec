import type { Harness } from './harness.ts';

/**
 * Sets the number of further handlers, of a type without events. They are inserted directly, because creating them one
 * by one is not measured. One handler of the benchmark must exist as a model.
 */
export async function haveFillers({ database }: Harness, count: number): Promise<void> {
  await database.query(`delete from handlers where name like 'filler %'`);
  await database.query(
    `insert into handlers (id, name, description, event, task, status, priority, on_failure, timeout_ms, retry, max_concurrency,
       secrets, signing_secrets, version, created_at, updated_at)
     select gen_random_uuid(), 'filler ' || number, '', 'clients.delete', task, 'enabled', number, on_failure, timeout_ms, retry,
       max_concurrency, '{}', '[]', 1, now(), now()
     from (select * from handlers where name = 'bench 0' and status = 'enabled') as model, generate_series(1, $1) as number`,
    [count],
  );
}
