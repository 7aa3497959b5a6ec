import { Inject, Injectable } from '@nestjs/common';
import { DataSource, Not, type EntityManager } from 'typeorm';
import { CatalogEntity, DatabaseClock, HandlerEntity } from '#database';
import { SecretBox } from '#secrets';
import type { RegistrySettings } from '#settings';
import { Audit, type Actor } from '../../audit/audit.service.ts';
import { Catalog } from '../../catalog/catalog.service.ts';
import { SETTINGS } from '../../runtime/tokens.ts';
import { changeEntry, creationEntry } from '../handler-audit.ts';
import { RevisionStale } from '../handler-errors.ts';
import { planSet, type SetChange, type SetPlan, type WantedSet } from './set-plan.ts';

/** All handlers together, as a file would have them. */
@Injectable()
export class HandlerSet {
  readonly #dataSource: DataSource;
  readonly #catalog: Catalog;
  readonly #audit: Audit;
  readonly #box: SecretBox;
  readonly #clock: DatabaseClock;
  readonly #settings: RegistrySettings;

  constructor(
    dataSource: DataSource,
    catalog: Catalog,
    audit: Audit,
    box: SecretBox,
    clock: DatabaseClock,
    @Inject(SETTINGS) settings: RegistrySettings,
  ) {
    this.#dataSource = dataSource;
    this.#catalog = catalog;
    this.#audit = audit;
    this.#box = box;
    this.#clock = clock;
    this.#settings = settings;
  }

  /** The timeout of a handler that names none, in milliseconds. */
  get defaultTimeoutMs(): number {
    return this.#settings.defaultTimeoutMs;
  }

  /** All that are not archived, with the revision that has them. */
  async get(): Promise<{ revision: number; handlers: HandlerEntity[] }> {
    return this.#dataSource.transaction('REPEATABLE READ', async (manager) => {
      const { revision } = await manager.findOneByOrFail(CatalogEntity, { id: 1 });
      return { revision, handlers: await present(manager) };
    });
  }

  /**
   * What {@link apply} would do, without doing it.
   *
   * @throws {InvalidInput} As it would.
   */
  async preview(wanted: WantedSet): Promise<SetPlan & { revision: number }> {
    const { revision, handlers } = await this.get();
    return { revision, ...this.#plan(wanted, handlers, this.#clock.date()) };
  }

  /**
   * Makes the handlers what a set says, in one revision of the catalog, or leaves them all as they are.
   *
   * @param isMeant Says of the catalog's revision whether it is the one that the caller has seen.
   * @throws {RevisionStale} When the caller has seen another.
   * @throws {InvalidInput} Naming all that is wrong with any handler of the set.
   */
  async apply(
    wanted: WantedSet,
    isMeant: (revision: number) => boolean,
    by: Actor,
  ): Promise<SetPlan & { revision: number }> {
    const { revision, result } = await this.#catalog.change(async (manager, current, now) => {
      if (!isMeant(current)) throw new RevisionStale(current);
      const plan = this.#plan(wanted, await present(manager), now);
      await write(manager, plan.changes);
      await this.#audit.recordAll(by, plan.changes.map(entryOf), manager);
      return { changed: plan.changes.length > 0, result: plan };
    });
    return { revision, ...result };
  }

  #plan(wanted: WantedSet, current: readonly HandlerEntity[], now: Date): SetPlan {
    const { defaultTimeoutMs } = this.#settings;
    return planSet(wanted, { current, defaultTimeoutMs, box: this.#box, now });
  }
}

function present(manager: EntityManager): Promise<HandlerEntity[]> {
  return manager.find(HandlerEntity, {
    where: { status: Not('archived') },
    order: { event: 'ASC', priority: 'ASC', createdAt: 'ASC', id: 'ASC' },
  });
}

/** A statement of PostgreSQL takes 65,535 parameters, of which a row needs sixteen. */
const rowsPerStatement = 1_000;

async function write(manager: EntityManager, changes: readonly SetChange[]): Promise<void> {
  // Archived handlers free their names first. No name can be taken meanwhile: other changes wait for the lock of the
  // catalog, which is ours.
  const changed = changes.filter(({ action }) => action !== 'create').map(({ after }) => after);
  for (const after of changed) await manager.update(HandlerEntity, { id: after.id }, after);
  const made = changes.filter(({ action }) => action === 'create').map(({ after }) => after);
  for (let start = 0; start < made.length; start += rowsPerStatement) {
    await manager.insert(HandlerEntity, made.slice(start, start + rowsPerStatement));
  }
}

function entryOf({ before, after }: SetChange): ReturnType<typeof creationEntry> {
  return before ? changeEntry(before, after) : creationEntry(after);
}
