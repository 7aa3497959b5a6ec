import type { DataSource } from 'typeorm';
import { secretContext } from '#contracts';
import { CatalogEntity, HandlerEntity, TargetEntity } from '#orm';
import { SecretError, type SecretBox } from '#secrets';

/** A secret that cannot be decrypted, and stays unchanged. */
interface UndecryptedSecret {
  readonly slot: string;
  readonly error: SecretError;
}

/** The secrets of one owner after the rotation. */
interface RotatedSecrets {
  /** By slot; undefined when all stay unchanged. */
  readonly secrets: Readonly<Record<string, string>> | undefined;
  /** Number of secrets that were re-encrypted with the first key. */
  readonly reencrypted: number;
  /** Number of secrets that the first key had encrypted already. */
  readonly current: number;
  readonly undecrypted: readonly UndecryptedSecret[];
}

/** A handler or a target. */
interface Owner {
  readonly type: 'handler' | 'target';
  readonly id: string;
  readonly name: string;
  readonly secrets: Readonly<Record<string, string>>;
}

/** The result for all handlers and targets, including archived and deleted ones. */
export interface RotationTally extends Pick<RotatedSecrets, 'reencrypted' | 'current'> {
  readonly undecrypted: readonly (UndecryptedSecret & Omit<Owner, 'secrets'>)[];
}

/**
 * Re-encrypts the secrets of all handlers and targets with the first key, in one transaction that locks out changes of
 * them. They behave as before, so versions and the revision stay unchanged.
 */
export async function rotateSecrets(dataSource: DataSource, box: SecretBox): Promise<RotationTally> {
  return dataSource.transaction(async (manager) => {
    const lock = { mode: 'pessimistic_write' } as const;
    // A change of a handler or target holds this lock; with their rows alone, a change could write back what it read
    // before.
    await manager.findOneOrFail(CatalogEntity, { where: { id: 1 }, lock });
    const handlers = await manager.find(HandlerEntity, { order: { id: 'ASC' }, lock });
    const targets = await manager.find(TargetEntity, { order: { id: 'ASC' }, lock });
    const owners: Owner[] = [
      ...handlers.map(({ id, name, secrets }) => ({ type: 'handler' as const, id, name, secrets })),
      ...targets.map(({ id, name, secrets }) => ({ type: 'target' as const, id, name, secrets })),
    ];
    const done = owners.map((owner) => ({ owner, ...rotated(owner, box) }));
    for (const { owner, secrets } of done) {
      if (secrets) await manager.query(`update ${owner.type}s set secrets = $2 where id = $1`, [owner.id, secrets]);
    }
    const sum = (count: 'reencrypted' | 'current'): number => done.reduce((total, each) => total + each[count], 0);
    return {
      reencrypted: sum('reencrypted'),
      current: sum('current'),
      undecrypted: done.flatMap(({ owner: { type, id, name }, undecrypted }) =>
        undecrypted.map((secret) => ({ type, id, name, ...secret })),
      ),
    };
  });
}

function rotated(owner: Owner, box: SecretBox): RotatedSecrets {
  const secrets: Record<string, string> = { ...owner.secrets };
  const undecrypted: UndecryptedSecret[] = [];
  const slots = Object.keys(secrets);
  const older = slots.filter((slot) => !box.isCurrent(secrets[slot]!));
  for (const slot of older) {
    const context = secretContext(owner.id, slot);
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
