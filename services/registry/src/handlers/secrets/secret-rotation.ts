import type { DataSource } from 'typeorm';
import { secretContext } from '#contracts';
import { CatalogEntity, HandlerEntity } from '#database';
import { SecretError, type SecretBox } from '#secrets';

/** A secret that cannot be decrypted, and stays unchanged. */
interface UndecryptedSecret {
  readonly slot: string;
  readonly error: SecretError;
}

/** The secrets of one handler after the rotation. */
interface RotatedSecrets {
  /** By slot; undefined when all stay unchanged. */
  readonly secrets: Readonly<Record<string, string>> | undefined;
  /** Number of secrets that were re-encrypted with the first key. */
  readonly reencrypted: number;
  /** Number of secrets that the first key had encrypted already. */
  readonly current: number;
  readonly undecrypted: readonly UndecryptedSecret[];
}

/** The result for all handlers, including archived ones. */
export interface RotationTally extends Pick<RotatedSecrets, 'reencrypted' | 'current'> {
  readonly undecrypted: readonly (UndecryptedSecret & Pick<HandlerEntity, 'id' | 'name'>)[];
}

/**
 * Re-encrypts the secrets of all handlers with the first key, in one transaction that locks out changes of handlers.
 * Handlers behave as before, so versions and the revision stay unchanged.
 */
export async function rotateHandlerSecrets(dataSource: DataSource, box: SecretBox): Promise<RotationTally> {
  return dataSource.transaction(async (manager) => {
    const lock = { mode: 'pessimistic_write' } as const;
    // A change of a handler holds this lock; with the handlers' rows alone, a change could write back what it read
    // before.
    await manager.findOneOrFail(CatalogEntity, { where: { id: 1 }, lock });
    const handlers = await manager.find(HandlerEntity, { order: { id: 'ASC' }, lock });
    const done = handlers.map((handler) => ({ id: handler.id, name: handler.name, ...rotated(handler, box) }));
    for (const { id, secrets } of done) {
      if (secrets) await manager.query('update handlers set secrets = $2 where id = $1', [id, secrets]);
    }
    const sum = (count: 'reencrypted' | 'current'): number => done.reduce((total, each) => total + each[count], 0);
    return {
      reencrypted: sum('reencrypted'),
      current: sum('current'),
      undecrypted: done.flatMap(({ id, name, undecrypted }) => undecrypted.map((secret) => ({ id, name, ...secret }))),
    };
  });
}

function rotated(handler: Pick<HandlerEntity, 'id' | 'secrets'>, box: SecretBox): RotatedSecrets {
  const secrets: Record<string, string> = { ...handler.secrets };
  const undecrypted: UndecryptedSecret[] = [];
  const slots = Object.keys(secrets);
  const older = slots.filter((slot) => !box.isCurrent(secrets[slot]!));
  for (const slot of older) {
    const context = secretContext(handler.id, slot);
    try {
      secrets[slot] = box.seal(box.open(secrets[slot]!, context), context);
    } catch (error) {
      if (!(error instanceof SecretError)) throw error;
      undecrypted.push({ slot, error });
    }
  }
  const reencrypted = older.length - undecrypted.length;
  const current = slots.length - older.length;
  return { secrets: reencrypted > 0 ? secrets : undefined, reencrypted, current, undecrypted };
}
