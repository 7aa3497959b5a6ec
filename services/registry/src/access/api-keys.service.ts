import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { ApiKeyEntity, type ApiKeyRole } from '#database';
import { generateApiKey, hashApiKey } from './api-key.ts';

/** Who is asking, as far as a key tells. */
export interface Caller {
  readonly keyId: string;
  readonly role: ApiKeyRole;
}

const bootstrapName = 'bootstrap';

/** The keys that open the REST API. */
@Injectable()
export class ApiKeys {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  /** Whose key it is; asked anew for each request, so that a key that is taken away opens nothing from then on. */
  async find(key: string): Promise<Caller | undefined> {
    // Found by its hash: how long that takes says nothing about the key.
    const found = await this.#dataSource.manager.findOneBy(ApiKeyEntity, { hash: hashApiKey(key) });
    return found ? { keyId: found.id, role: found.role } : undefined;
  }

  /**
   * Sees to it that somebody can get in: the given key opens from now on, in place of one given at an earlier start.
   * Without one, and without any key at all, a key is made.
   *
   * @returns The key that was made; it is kept nowhere.
   */
  async ensureFirst(given: string | undefined): Promise<string | undefined> {
    return this.#dataSource.transaction(async (manager) => {
      // Registries that start together must not each make a key.
      await manager.query(`select pg_advisory_xact_lock(hashtext('provisor.bootstrap-key'))`);
      if (given !== undefined) {
        await manager.delete(ApiKeyEntity, { name: bootstrapName });
        await insertBootstrapKey(manager, given);
        return undefined;
      }
      if (await manager.existsBy(ApiKeyEntity, {})) return undefined;
      const made = generateApiKey();
      await insertBootstrapKey(manager, made);
      return made;
    });
  }
}

async function insertBootstrapKey(manager: EntityManager, key: string): Promise<void> {
  await manager
    .createQueryBuilder()
    .insert()
    .into(ApiKeyEntity)
    .values({ id: uuidv7(), name: bootstrapName, role: 'admin', hash: hashApiKey(key), createdAt: new Date() })
    // The same key may be there under a name of its own.
    .orIgnore()
    .execute();
}
