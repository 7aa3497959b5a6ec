import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CatalogEntity } from '#database';
import { CatalogAnnouncer } from './catalog-announcer.ts';

/** What came out of a piece of work on the handlers. */
export interface Change<T> {
  /** False when it turned out that there was nothing to change. */
  readonly changed: boolean;
  readonly result: T;
}

/** The revision of all handlers together, and the one way to change them. */
@Injectable()
export class Catalog implements OnApplicationBootstrap {
  readonly #dataSource: DataSource;
  readonly #announcer: CatalogAnnouncer;

  constructor(dataSource: DataSource, announcer: CatalogAnnouncer) {
    this.#dataSource = dataSource;
    this.#announcer = announcer;
  }

  /**
   * Does a piece of work on the handlers in one transaction that no other change runs beside, gives the catalog its next
   * revision in it, and tells the executors when it is committed.
   *
   * @param work Is told the revision that it changes.
   */
  async change<T>(
    work: (manager: EntityManager, current: number) => Promise<Change<T>>,
  ): Promise<{ revision: number; result: T }> {
    const done = await this.#dataSource.transaction(async (manager) => {
      const catalog = await manager.findOneOrFail(CatalogEntity, {
        where: { id: 1 },
        lock: { mode: 'pessimistic_write' },
      });
      const { changed, result } = await work(manager, catalog.revision);
      const revision = catalog.revision + (changed ? 1 : 0);
      if (changed) await manager.update(CatalogEntity, { id: 1 }, { revision, changedAt: new Date() });
      return { changed, revision, result };
    });
    if (done.changed) this.#announcer.announce(done.revision);
    return { revision: done.revision, result: done.result };
  }

  /** The revision as it stands, and since when. */
  async current(): Promise<{ revision: number; changedAt: Date }> {
    return this.#dataSource.manager.findOneByOrFail(CatalogEntity, { id: 1 });
  }

  /** A change may have been committed by a registry that died before it could tell. */
  async onApplicationBootstrap(): Promise<void> {
    const { revision } = await this.current();
    this.#announcer.announce(revision);
  }
}
