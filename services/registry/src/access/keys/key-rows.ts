import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { ApiKeyEntity, type ApiRole } from '#orm';
import { hashApiKey, prefixOf } from './api-key.ts';
import { usableKeySql } from './usable-key.ts';

/** The properties of a new key. */
export interface KeyDraft {
  readonly name: string;
  readonly role: ApiRole;
  /** Null for never. */
  readonly expiresAt: Date | null;
}

/** The name of the key that comes from the settings, or is made at the first start. */
export const bootstrapName = 'bootstrap';
export const bootstrapDraft: KeyDraft = { name: bootstrapName, role: 'admin', expiresAt: null };

/** What is kept of a key that is made now. */
export function newKey({ name, role, expiresAt }: KeyDraft, key: string, now: Date): ApiKeyEntity {
  const prefix = prefixOf(key) ?? null;
  const hash = hashApiKey(key);
  return {
    id: uuidv7(),
    name,
    role,
    prefix,
    hash,
    createdAt: now,
    expiresAt,
    lastUsedAt: null,
    revokedAt: null,
  };
}

/** What of a key the audit shows. */
export function shown({ name, role, prefix, expiresAt, revokedAt }: ApiKeyEntity): object {
  return { name, role, prefix, expiresAt, revokedAt };
}

/**
 * Sees to it that a key of the settings opens, and none that was there in its place. It stays the same from start to
 * start, so that its sessions do. When it was revoked it stays so, and nothing gives way to it.
 */
export async function replaceBootstrapKey(manager: EntityManager, key: string, now: Date): Promise<void> {
  const insert = manager
    .createQueryBuilder()
    .insert()
    .into(ApiKeyEntity)
    .values(newKey(bootstrapDraft, key, now));
  // The same key may be there already, also under a name of its own.
  await insert.orIgnore().execute();
  await manager.query(
    `delete from api_keys as earlier using api_keys as given
     where earlier.name = $1 and earlier.hash <> $2 and earlier.revoked_at is null
       and given.hash = $2 and ${usableKeySql('given')}`,
    [bootstrapName, hashApiKey(key)],
  );
}

/** Prevents other transactions from creating or revoking admin keys, until this one ends. */
export async function lockKeys(manager: EntityManager): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(hashtext('provisor.bootstrap-key'))`);
}

/** The number of keys that could create another. */
export async function countUsableAdmins(manager: EntityManager): Promise<number> {
  const [{ count }] = await manager.query<[{ count: number }]>(
    `select count(*)::integer as count from api_keys where role = 'admin' and ${usableKeySql('api_keys')}`,
  );
  return count;
}
