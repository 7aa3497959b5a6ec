import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseClock } from '#database';
import { ApiKeyEntity, SessionEntity, type ApiRole } from '#orm';
import type { Logger } from '#observability';
import { Audit } from '../../audit/audit.service.ts';
import { InvalidInput } from '../../domain-error.ts';
import { LOGGER } from '../../runtime/tokens.ts';
import type { Caller } from '../caller.ts';
import { ApiKeyNotFound, LastAdminKey } from './api-key-errors.ts';
import { generateApiKey, hashApiKey, isHashOf, prefixOf } from './api-key.ts';
import {
  bootstrapDraft,
  countUsableAdmins,
  lockKeys,
  newKey,
  replaceBootstrapKey,
  shown,
  type KeyDraft,
} from './key-rows.ts';
import { isUsable, touchStaleSql, usableKeySql } from './usable-key.ts';

/** Whose key it is. */
export interface KeyHolder {
  readonly id: string;
  readonly name: string;
  readonly role: ApiRole;
  readonly expiresAt: Date | null;
}

/** The keys that open the REST API. */
@Injectable()
export class ApiKeys {
  readonly #dataSource: DataSource;
  readonly #audit: Audit;
  readonly #clock: DatabaseClock;
  readonly #logger: Logger;

  constructor(dataSource: DataSource, audit: Audit, clock: DatabaseClock, @Inject(LOGGER) logger: Logger) {
    this.#dataSource = dataSource;
    this.#audit = audit;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** The caller of a key. Asked for each request, so that a revoked key is invalid at once. */
  async find(key: string): Promise<KeyHolder | undefined> {
    const prefix = prefixOf(key);
    const [found] = await this.#dataSource.query<(KeyHolder & { hash: Buffer; stale: boolean })[]>(
      `select id, name, role, hash, expires_at as "expiresAt", ${touchStaleSql('last_used_at')} as stale
       from api_keys where ${prefix === undefined ? 'hash' : 'prefix'} = $1 and ${usableKeySql('api_keys')}`,
      [prefix ?? hashApiKey(key)],
    );
    if (!found || !isHashOf(found.hash, key)) return undefined;
    if (found.stale) this.#touch(found.id);
    return { id: found.id, name: found.name, role: found.role, expiresAt: found.expiresAt };
  }

  /** All keys, the newest first, also those that open nothing any more. */
  async list(): Promise<ApiKeyEntity[]> {
    return this.#dataSource.manager.find(ApiKeyEntity, { order: { createdAt: 'DESC', id: 'DESC' } });
  }

  /**
   * Makes a key.
   *
   * @returns The stored entity, and the key, which is not stored.
   * @throws {InvalidInput} When it would have expired already.
   */
  async create({ name, role, expiresAt }: KeyDraft, by: Caller): Promise<{ entity: ApiKeyEntity; key: string }> {
    if (expiresAt !== null && expiresAt <= this.#clock.date())
      throw new InvalidInput([{ field: 'expiresAt', message: 'must lie in the future' }]);
    const key = generateApiKey();
    const entity = await this.#dataSource.transaction(async (manager) => {
      const made = newKey({ name, role, expiresAt }, key, this.#clock.date());
      await manager.insert(ApiKeyEntity, made);
      const subject = { type: 'api_key', id: made.id, name } as const;
      await this.#audit.record(by, { action: 'api_key.create', subject, after: shown(made) }, manager);
      return made;
    });
    return { entity, key };
  }

  /**
   * Takes a key away, with the sessions that were begun with it. One that was taken away stays so.
   *
   * @throws {ApiKeyNotFound}
   * @throws {LastAdminKey}
   */
  async revoke(id: string, by: Caller): Promise<void> {
    await this.#dataSource.transaction(async (manager) => {
      // Of two who revoke the last two at once, the second has to see what the first has done.
      await lockKeys(manager);
      const key = await manager.findOneBy(ApiKeyEntity, { id });
      if (!key) throw new ApiKeyNotFound(id);
      if (key.revokedAt !== null) return;
      const revokedAt = this.#clock.date();
      if (key.role === 'admin' && isUsable(key, revokedAt) && (await countUsableAdmins(manager)) === 1)
        throw new LastAdminKey();
      await manager.update(ApiKeyEntity, { id }, { revokedAt });
      await manager.delete(SessionEntity, { keyId: id });
      const subject = { type: 'api_key', id, name: key.name } as const;
      const change = { before: shown(key), after: { ...shown(key), revokedAt } };
      await this.#audit.record(by, { action: 'api_key.revoke', subject, ...change }, manager);
    });
  }

  /**
   * Ensures that an admin can sign in: the given key is valid from now on, and replaces one given at an earlier start.
   * If none is given, and there is no valid key of an admin, a key is created.
   *
   * @returns The key that was created; it is not stored.
   */
  async ensureFirst(given: string | undefined): Promise<string | undefined> {
    return this.#dataSource.transaction(async (manager) => {
      // Registries that start together must not each make a key.
      await lockKeys(manager);
      if (given !== undefined) await replaceBootstrapKey(manager, given, this.#clock.date());
      if ((await countUsableAdmins(manager)) > 0) return undefined;
      const made = generateApiKey();
      await manager.insert(ApiKeyEntity, newKey(bootstrapDraft, made, this.#clock.date()));
      return made;
    });
  }

  /** No request waits for it, and losing one loses only a time. */
  #touch(id: string): void {
    const statement = `update api_keys set last_used_at = now() where id = $1 and ${touchStaleSql('last_used_at')}`;
    this.#dataSource.query(statement, [id]).catch((error: unknown) => {
      this.#logger.debug({ reason: (error as Error).message }, 'failed to record the use of an API key');
    });
  }
}
