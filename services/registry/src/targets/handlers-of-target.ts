import type { EntityManager } from 'typeorm';
import type { HandlerEntity } from '#orm';

/** The names of the handlers that call a target, without archived ones. */
export async function handlersOf(manager: EntityManager, targetId: string): Promise<string[]> {
  const rows = await manager.query<{ name: string }[]>(
    `select name from handlers where task ->> 'target' = $1 and status <> 'archived' order by name`,
    [targetId],
  );
  return rows.map(({ name }) => name);
}

/** How many handlers call each of some targets, without archived ones. */
export async function handlerCounts(
  manager: EntityManager,
  targetIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await manager.query<{ id: string; count: number }[]>(
    `select task ->> 'target' as id, count(*)::integer as count from handlers
     where task ->> 'target' = any($1) and status <> 'archived' group by 1`,
    [targetIds],
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** The handlers, also archived ones, that send secret headers of their own to a target. */
export async function sendersOfSecrets(
  manager: EntityManager,
  targetId: string,
): Promise<Pick<HandlerEntity, 'name' | 'status'>[]> {
  return manager.query<Pick<HandlerEntity, 'name' | 'status'>[]>(
    `select name, status from handlers where task ->> 'target' = $1
       and exists (select from jsonb_object_keys(secrets) as slot where slot like 'header:%') order by name`,
    [targetId],
  );
}
