import type { DataSource } from 'typeorm';
import { CatalogEntity, HandlerEntity } from '#database';
import type { Resealing, SecretRow } from './resealing.ts';

/** What came of all handlers together, the archived ones included. */
export interface ResealingTally extends Pick<Resealing, 'first' | 'anew' | 'current'> {
  readonly unopened: readonly (Resealing['unopened'][number] & Pick<SecretRow, 'id' | 'name'>)[];
}

/**
 * Looks through the secrets of all handlers in one transaction that no change of a handler runs beside. Nothing of it changes
 * what a handler does, so that versions and the revision stay as they are.
 */
export async function resealHandlers(
  dataSource: DataSource,
  work: (row: SecretRow) => Resealing,
): Promise<ResealingTally> {
  return dataSource.transaction(async (manager) => {
    const lock = { mode: 'pessimistic_write' } as const;
    // Whoever changes a handler holds this; the handlers' rows alone would let a change write back what it read before.
    await manager.findOneOrFail(CatalogEntity, { where: { id: 1 }, lock });
    const rows = await manager.find(HandlerEntity, { order: { id: 'ASC' }, lock });
    const done = rows.map(({ id, name, task, secrets }) => ({ id, name, ...work({ id, name, task, secrets }) }));
    for (const { row } of done) {
      if (!row) continue;
      await manager.query('update handlers set task = $2, secrets = $3 where id = $1', [row.id, row.task, row.secrets]);
    }
    const sum = (count: 'first' | 'anew' | 'current'): number => done.reduce((total, each) => total + each[count], 0);
    return {
      first: sum('first'),
      anew: sum('anew'),
      current: sum('current'),
      unopened: done.flatMap(({ id, name, unopened }) => unopened.map((secret) => ({ id, name, ...secret }))),
    };
  });
}
