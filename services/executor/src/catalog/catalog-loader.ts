import type { Handler } from '#contracts';
import type { Pool } from '#database';
import { HandlerCatalog, type CatalogHandler } from './handler-catalog.ts';
import { retryPolicy } from './retry-policy.ts';

// One statement sees one state of the database, so that the revision and the handlers belong together.
const loadStatement = `
  select c.revision, h.id, h.name, h.event, h.task, h.on_failure as "onFailure", h.timeout_ms as "timeoutMs",
         h.max_concurrency as "maxConcurrency", h.retry
  from catalog c left join handlers h on h.status = 'enabled'
  order by h.event, h.priority, h.created_at, h.id`;

interface CatalogRow extends Omit<CatalogHandler, 'retry'> {
  revision: number;
  event: string;
  retry: Handler['retry'];
}

/** Reads the whole catalog as it stands in the database. */
export async function loadCatalog(pool: Pool): Promise<HandlerCatalog> {
  const { rows } = await pool.query<CatalogRow>(loadStatement);
  const handlers = rows
    .filter(({ id }) => (id as string | null) !== null)
    .map((row) => ({ ...row, retry: retryPolicy(row.retry) }));
  return new HandlerCatalog(rows[0]?.revision ?? 0, handlers);
}

/** The revision in the database, which is cheap to ask for. */
export async function readRevision(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ revision: number }>('select revision from catalog');
  return rows[0]?.revision ?? 0;
}
