import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, Not } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { fieldsOf, type Task } from '#contracts';
import { HandlerEntity } from '#orm';
import { SecretBox } from '#secrets';
import type { RegistrySettings } from '#settings';
import { Audit, type Actor } from '../audit/audit.service.ts';
import { Catalog } from '../catalog/catalog.service.ts';
import { SETTINGS } from '../runtime/tokens.ts';
import { targetsNamed, type TargetLookup } from '../targets/target-lookup.ts';
import { checkAnswers } from './answers/answer-faults.ts';
import { changeEntry, creationEntry } from './handler-audit.ts';
import { findHandler } from './find-handler.ts';
import { refusingTakenName, TargetDeleted, VersionStale } from './handler-errors.ts';
import { isSame, newHandler, nextPriority, patched, type HandlerDraft, type HandlerPatch } from './handler.ts';
import { keptTask } from './tasks/kept-task.ts';

/** What administrators do with handlers, one at a time. */
@Injectable()
export class Handlers {
  readonly #dataSource: DataSource;
  readonly #catalog: Catalog;
  readonly #audit: Audit;
  readonly #box: SecretBox;
  readonly #settings: RegistrySettings;

  constructor(
    dataSource: DataSource,
    catalog: Catalog,
    audit: Audit,
    box: SecretBox,
    @Inject(SETTINGS) settings: RegistrySettings,
  ) {
    this.#dataSource = dataSource;
    this.#catalog = catalog;
    this.#audit = audit;
    this.#box = box;
    this.#settings = settings;
  }

  /**
   * @throws {NameTaken}
   * @throws {InvalidInput} Naming secrets that cannot be kept, and a target that does not exist.
   */
  async create(draft: HandlerDraft, by: Actor): Promise<HandlerEntity> {
    checkAnswers(draft);
    const id = uuidv7();
    const { result } = await this.#catalog.change(async (manager, _current, now) => {
      const targets = await targetsNamed(manager, draft.task);
      const { task, secrets } = keptTask(draft.task, { ownerId: id, box: this.#box, targets });
      const priority = nextPriority(await lastPriority(manager, draft.event));
      const fields = newHandler({ ...draft, task }, { priority, timeoutMs: this.#settings.defaultTimeoutMs });
      const handler = manager.create(HandlerEntity, {
        id,
        version: 1,
        createdAt: now,
        updatedAt: now,
        secrets,
        signingSecrets: [],
        hold: null,
        ...fields,
      });
      await refusingTakenName(fields.name, manager.insert(HandlerEntity, handler));
      await this.#audit.record(by, creationEntry(handler), manager);
      return { changed: true, result: handler };
    });
    return result;
  }

  /** @throws {HandlerNotFound} */
  async get(id: string): Promise<HandlerEntity> {
    return findHandler(this.#dataSource.manager, id);
  }

  /**
   * @param isMeant Says of the handler's version whether it is the one that the caller has seen.
   * @throws {HandlerNotFound}
   * @throws {VersionStale} When the caller has seen another.
   * @throws {NameTaken}
   * @throws {TargetDeleted} When it would leave the archive without its target.
   * @throws {InvalidInput} Naming secrets that cannot be kept, and a target that does not exist.
   */
  async patch(
    id: string,
    patch: HandlerPatch,
    isMeant: (version: number) => boolean,
    by: Actor,
  ): Promise<HandlerEntity> {
    checkAnswers(patch);
    const { result } = await this.#catalog.change(async (manager, _current, now) => {
      const { before, after } = await change({ manager, box: this.#box, now }, id, patch, isMeant);
      if (before === after) return { changed: false, result: after };
      await this.#audit.record(by, changeEntry(before, after), manager);
      return { changed: true, result: after };
    });
    return result;
  }

  /** Archives a handler. It is never deleted, because the journal refers to it. Throws as {@link patch}. */
  async archive(id: string, isMeant: (version: number) => boolean, by: Actor): Promise<void> {
    await this.patch(id, { status: 'archived' }, isMeant, by);
  }
}

/** Before and after are the same object when there was nothing to change. */
async function change(
  { manager, box, now }: { manager: EntityManager; box: SecretBox; now: Date },
  id: string,
  patch: HandlerPatch,
  isMeant: (version: number) => boolean,
): Promise<{ before: HandlerEntity; after: HandlerEntity }> {
  const current = await findHandler(manager, id);
  if (!isMeant(current.version)) throw new VersionStale(current.version);
  const { version, createdAt, signingSecrets, hold } = current;
  const fields = fieldsOf(current);
  const targets = await targetsNamed(manager, current.task, ...(patch.task ? [patch.task] : []));
  const { task, secrets } = patch.task ? keptTask(patch.task, { ownerId: id, box, current, targets }) : current;
  const wanted = patched(fields, { ...patch, task });
  if (wanted.status !== 'archived') requireTarget(id, task, targets);
  if (isSame({ ...fields, secrets: current.secrets }, { ...wanted, secrets })) {
    return { before: current, after: current };
  }
  const next = manager.create(HandlerEntity, {
    ...wanted,
    secrets,
    signingSecrets,
    hold,
    id,
    version: version + 1,
    createdAt,
    updatedAt: now,
  });
  await refusingTakenName(wanted.name, manager.update(HandlerEntity, { id }, next));
  return { before: current, after: next };
}

/** @throws {TargetDeleted} */
function requireTarget(handlerId: string, task: Task, targets: TargetLookup): void {
  if (task.type !== 'http' || task.target === undefined || targets.named(task.target)) return;
  throw new TargetDeleted(handlerId, targets.nameOf(task.target) ?? task.target);
}

async function lastPriority(manager: EntityManager, event: string): Promise<number | null> {
  return manager.maximum(HandlerEntity, 'priority', { event, status: Not('archived') });
}
