import { Inject, Injectable } from '@nestjs/common';
import { DataSource, IsNull, Not, type EntityManager } from 'typeorm';
import type { FieldError } from '#contracts';
import { DatabaseClock } from '#database';
import { CatalogEntity, HandlerEntity, TargetEntity } from '#orm';
import { SecretBox } from '#secrets';
import type { RegistrySettings } from '#settings';
import type { AuditEntry } from '../../audit/audit-actions.ts';
import { Audit, type Actor } from '../../audit/audit.service.ts';
import { Catalog } from '../../catalog/catalog.service.ts';
import { InvalidInput } from '../../domain-error.ts';
import { SETTINGS } from '../../runtime/tokens.ts';
import { sendersOfSecrets } from '../../targets/handlers-of-target.ts';
import {
  movedTargets,
  planTargets,
  type TargetSetChange,
  type TargetSetPlan,
  type WantedTargets,
} from '../../targets/set/target-plan.ts';
import { targetChange, targetCreation, targetDeletion } from '../../targets/target-audit.ts';
import { strandedSecrets } from '../../targets/targets.service.ts';
import { changeEntry, creationEntry } from '../handler-audit.ts';
import { RevisionStale } from '../handler-errors.ts';
import { planSet, type SetChange, type SetPlan, type WantedSet } from './set-plan.ts';

/** A requested set, with its targets. */
type WantedWhole = WantedSet & Pick<WantedTargets, 'targets'>;

/** What a set does, or would do, at a revision of the catalog. */
export interface WholePlan extends SetPlan {
  readonly revision: number;
  readonly targets: TargetSetPlan;
}

interface Present {
  readonly handlers: HandlerEntity[];
  readonly targets: TargetEntity[];
}

/** All handlers and targets together, as a file would have them. */
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

  /** All that are not archived or deleted, with the revision that has them. */
  async get(): Promise<Present & { revision: number }> {
    return this.#dataSource.transaction('REPEATABLE READ', async (manager) => {
      const { revision } = await manager.findOneByOrFail(CatalogEntity, { id: 1 });
      return { revision, ...(await present(manager)) };
    });
  }

  /**
   * What {@link apply} would do, without doing it.
   *
   * @throws {InvalidInput} As it would.
   */
  async preview(wanted: WantedWhole): Promise<WholePlan> {
    return this.#dataSource.transaction('REPEATABLE READ', async (manager) => {
      const { revision } = await manager.findOneByOrFail(CatalogEntity, { id: 1 });
      return { revision, ...(await this.#plan(manager, wanted, this.#clock.date())) };
    });
  }

  /**
   * Makes the handlers and targets what a set says, in one revision of the catalog, or leaves them all as they are.
   *
   * @param isMeant Says of the catalog's revision whether it is the one that the caller has seen.
   * @throws {RevisionStale} When the caller has seen another.
   * @throws {InvalidInput} Naming all that is wrong with any handler of the set.
   */
  async apply(wanted: WantedWhole, isMeant: (revision: number) => boolean, by: Actor): Promise<WholePlan> {
    const { revision, result } = await this.#catalog.change(async (manager, current, now) => {
      if (!isMeant(current)) throw new RevisionStale(current);
      const plan = await this.#plan(manager, wanted, now);
      await writeTargets(manager, plan.targets.changes);
      await write(manager, plan.changes);
      const entries = [...plan.targets.changes.map(targetEntryOf), ...plan.changes.map(entryOf)];
      await this.#audit.recordAll(by, entries, manager);
      return { changed: entries.length > 0, result: plan };
    });
    return { revision, ...result };
  }

  async #plan(
    manager: EntityManager,
    { handlers, targets: wantedTargets, prune }: WantedWhole,
    now: Date,
  ): Promise<Omit<WholePlan, 'revision'>> {
    const { defaultTimeoutMs } = this.#settings;
    const current = await present(manager);
    const targets = planTargets({ targets: wantedTargets, prune }, { current: current.targets, box: this.#box, now });
    const plan = planSet(
      { handlers, prune },
      { current: current.handlers, targets: targets.lookup, defaultTimeoutMs, box: this.#box, now },
    );
    await refuseStrandedSecrets(manager, targets, { handlers, targets: wantedTargets ?? [] });
    return { ...plan, targets };
  }
}

async function present(manager: EntityManager): Promise<Present> {
  const handlers = await manager.find(HandlerEntity, {
    where: { status: Not('archived') },
    order: { event: 'ASC', priority: 'ASC', createdAt: 'ASC', id: 'ASC' },
  });
  const targets = await manager.find(TargetEntity, { where: { deletedAt: IsNull() }, order: { name: 'ASC' } });
  return { handlers, targets };
}

/**
 * A target cannot go to another origin while handlers that the set does not have send it secret headers of their own.
 *
 * @throws {InvalidInput}
 */
async function refuseStrandedSecrets(
  manager: EntityManager,
  plan: TargetSetPlan,
  wanted: { readonly handlers: readonly { name: string }[]; readonly targets: readonly { name: string }[] },
): Promise<void> {
  const named = new Set(wanted.handlers.map(({ name }) => name));
  const faults: FieldError[] = [];
  for (const { id, name } of movedTargets(plan.changes)) {
    const senders = await sendersOfSecrets(manager, id);
    const others = senders.filter((sender) => sender.status === 'archived' || !named.has(sender.name));
    if (others.length === 0) continue;
    const field = `targets.${wanted.targets.findIndex((each) => each.name === name)}.baseUrl`;
    faults.push({ field, message: strandedSecrets(others.map((each) => each.name)) });
  }
  if (faults.length > 0) throw new InvalidInput(faults);
}

async function writeTargets(manager: EntityManager, changes: readonly TargetSetChange[]): Promise<void> {
  for (const { action, after } of changes) {
    if (action === 'create') await manager.insert(TargetEntity, after);
    else await manager.update(TargetEntity, { id: after.id }, after);
  }
}

function targetEntryOf({ action, before, after }: TargetSetChange): AuditEntry {
  if (before === undefined) return targetCreation(after);
  return action === 'delete' ? targetDeletion(before) : targetChange(before, after);
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

function entryOf({ before, after }: SetChange): AuditEntry {
  return before ? changeEntry(before, after) : creationEntry(after);
}
