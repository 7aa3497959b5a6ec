import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { DatabaseClock } from '#database';
import { CatalogEntity } from '#orm';
import { CatalogAnnouncer } from './catalog-announcer.ts';

/** What came out of a piece of work on the handlers. */
export interface Change<T> {
  /** False when it turned out that there was nothing to change. */
  readonly changed: boolean;
  readonly result: T;
}

/** The revision of all handlers together, and the one way to change them. */
@Injectable()
export class Catalog {
  readonly #dataSource: DataSource;
  readonly #announcer: CatalogAnnouncer;
  readonly #clock: DatabaseClock;

  constructor(dataSource: DataSource, announcer: CatalogAnnouncer, clock: DatabaseClock) {
    this.#dataSource = dataSource;
    this.#announcer = announcer;
    this.#clock = clock;
  }

  /**
   * Works on the handlers in one transaction that excludes other changes, gives the catalog its next revision in it,
   * and announces it to the executors after the commit.
   *
   * @param work Receives the revision that it creates, and the time of the change. This is not the start of the
   * transaction, which may have waited for another to end.
   */
  async change<T>(
    work: (manager: EntityManager, current: number, now: Date) => Promise<Change<T>>,
  ): Promise<{ revision: number; result: T }> {
    const done = await this.#dataSource.transaction(async (manager) => {
      const catalog = await manager.findOneOrFail(CatalogEntity, {
        where: { id: 1 },
        lock: { mode: 'pessimistic_write' },
      });
      const now = this.#clock.date();
      const { changed, result } = await work(manager, catalog.revision, now);
      const revision = catalog.revision + (changed ? 1 : 0);
      if (changed) await manager.update(CatalogEntity, { id: 1 }, { revision, changedAt: now });
      return { changed, revision, result };
    });
    if (done.changed) this.#announcer.announce(done.revision);
    return { revision: done.revision, result: done.result };
  }

  /** The current revision, and since when. */
  async current(): Promise<{ revision: number; changedAt: Date }> {
    return this.#dataSource.manager.findOneByOrFail(CatalogEntity, { id: 1 });
  }

  /** Announces the current revision to the executors: a registry may have died before it announced its last change. */
  async start(): Promise<void> {
    const { revision } = await this.current();
    this.#announcer.announce(revision);
  }
}
