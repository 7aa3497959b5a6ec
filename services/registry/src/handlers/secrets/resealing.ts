import type { DataSource } from 'typeorm';
import { secretContext } from '#contracts';
import { CatalogEntity, HandlerEntity } from '#database';
import { SecretError, type SecretBox } from '#secrets';

/** A secret that does not open, and so stays as it is. */
interface UnopenedSecret {
  readonly slot: string;
  readonly error: SecretError;
}

/** The secrets of one handler after they were looked through. */
interface Resealed {
  /** By slot; undefined when all stay as they are. */
  readonly secrets: Readonly<Record<string, string>> | undefined;
  /** How many were sealed again, under the key that seals now. */
  readonly anew: number;
  /** How many were sealed under that key before. */
  readonly current: number;
  readonly unopened: readonly UnopenedSecret[];
}

/** The result for all handlers together, the archived ones included. */
export interface ResealingTally extends Pick<Resealed, 'anew' | 'current'> {
  readonly unopened: readonly (UnopenedSecret & Pick<HandlerEntity, 'id' | 'name'>)[];
}

/**
 * Seals the secrets of all handlers under the key that seals now, in one transaction that no change of a handler runs
 * beside. No handler does anything else afterwards, so that versions and the revision stay as they are.
 */
export async function resealHandlers(dataSource: DataSource, box: SecretBox): Promise<ResealingTally> {
  return dataSource.transaction(async (manager) => {
    const lock = { mode: 'pessimistic_write' } as const;
    // A change of a handler holds this lock; with the handlers' rows alone, a change could write back what it read
    // before.
    await manager.findOneOrFail(CatalogEntity, { where: { id: 1 }, lock });
    const handlers = await manager.find(HandlerEntity, { order: { id: 'ASC' }, lock });
    const done = handlers.map((handler) => ({ id: handler.id, name: handler.name, ...reseal(handler, box) }));
    for (const { id, secrets } of done) {
      if (secrets) await manager.query('update handlers set secrets = $2 where id = $1', [id, secrets]);
    }
    const sum = (count: 'anew' | 'current'): number => done.reduce((total, each) => total + each[count], 0);
    return {
      anew: sum('anew'),
      current: sum('current'),
      unopened: done.flatMap(({ id, name, unopened }) => unopened.map((secret) => ({ id, name, ...secret }))),
    };
  });
}

function reseal(handler: Pick<HandlerEntity, 'id' | 'secrets'>, box: SecretBox): Resealed {
  const secrets: Record<string, string> = { ...handler.secrets };
  const unopened: UnopenedSecret[] = [];
  const slots = Object.keys(secrets);
  const older = slots.filter((slot) => !box.isCurrent(secrets[slot]!));
  for (const slot of older) {
    const context = secretContext(handler.id, slot);
    try {
      secrets[slot] = box.seal(box.open(secrets[slot]!, context), context);
    } catch (error) {
      if (!(error instanceof SecretError)) throw error;
      unopened.push({ slot, error });
    }
  }
  const anew = older.length - unopened.length;
  return { secrets: anew > 0 ? secrets : undefined, anew, current: slots.length - older.length, unopened };
}
