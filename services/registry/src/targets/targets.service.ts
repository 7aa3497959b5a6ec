import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { TargetEntity } from '#orm';
import { SecretBox } from '#secrets';
import { Audit, type Actor } from '../audit/audit.service.ts';
import { Catalog } from '../catalog/catalog.service.ts';
import { InvalidInput } from '../domain-error.ts';
import { refusingTakenName, VersionStale } from '../handlers/handler-errors.ts';
import type { CreateTargetInput, PatchTargetInput } from './dto/target-input.dto.ts';
import { findTarget } from './find-target.ts';
import { handlersOf, sendersOfSecrets } from './handlers-of-target.ts';
import { changedDraft, keptTarget, type KeptTarget } from './kept-target.ts';
import { shownTarget } from './shown-target.ts';
import { targetChange, targetCreation, targetDeletion } from './target-audit.ts';
import { inWords, TargetInUse } from './target-errors.ts';
import { originOf } from './target-lookup.ts';

/** What administrators do with targets, one at a time. */
@Injectable()
export class Targets {
  readonly #dataSource: DataSource;
  readonly #catalog: Catalog;
  readonly #audit: Audit;
  readonly #box: SecretBox;

  constructor(dataSource: DataSource, catalog: Catalog, audit: Audit, box: SecretBox) {
    this.#dataSource = dataSource;
    this.#catalog = catalog;
    this.#audit = audit;
    this.#box = box;
  }

  /**
   * @throws {NameTaken}
   * @throws {InvalidInput} Naming secrets that cannot be kept.
   */
  async create(draft: CreateTargetInput, by: Actor): Promise<TargetEntity> {
    const id = uuidv7();
    const kept = keptTarget(draft, { ownerId: id, box: this.#box });
    const { result } = await this.#catalog.change(async (manager, _current, now) => {
      const target = newTarget(id, kept, now);
      await refusingTakenName(target.name, manager.insert(TargetEntity, target), 'target');
      await this.#audit.record(by, targetCreation(target), manager);
      return { changed: true, result: target };
    });
    return result;
  }

  /** @throws {TargetNotFound} */
  async get(id: string): Promise<TargetEntity> {
    return findTarget(this.#dataSource.manager, id);
  }

  /**
   * @param isMeant Says of the target's version whether it is the one that the caller has seen.
   * @throws {TargetNotFound}
   * @throws {VersionStale} When the caller has seen another.
   * @throws {NameTaken}
   * @throws {InvalidInput} Naming secrets that cannot be kept.
   */
  async patch(
    id: string,
    patch: PatchTargetInput,
    isMeant: (version: number) => boolean,
    by: Actor,
  ): Promise<TargetEntity> {
    const { result } = await this.#catalog.change(async (manager, _current, now) => {
      const before = await meant(manager, id, isMeant);
      const current = keptOf(before);
      const kept = keptTarget(changedDraft(current, patch), { ownerId: id, box: this.#box, current });
      if (isDeepStrictEqual(kept, current)) return { changed: false, result: before };
      if (originOf(kept.baseUrl) !== originOf(before.baseUrl)) await refuseStrandedSecrets(manager, id);
      const after = nextTarget(before, kept, now);
      await refusingTakenName(after.name, manager.update(TargetEntity, { id }, after), 'target');
      await this.#audit.record(by, targetChange(before, after), manager);
      return { changed: true, result: after };
    });
    return result;
  }

  /**
   * Deletes a target that no handler uses. Its row stays, so that executors hear of it as of any change.
   *
   * @throws {TargetNotFound}
   * @throws {VersionStale} When the caller has seen another version.
   * @throws {TargetInUse} Naming the handlers that call it.
   */
  async delete(id: string, isMeant: (version: number) => boolean, by: Actor): Promise<void> {
    await this.#catalog.change(async (manager, _current, now) => {
      const target = await meant(manager, id, isMeant);
      const users = await handlersOf(manager, id);
      if (users.length > 0) throw new TargetInUse(target.name, users);
      await manager.update(TargetEntity, { id }, { version: target.version + 1, updatedAt: now, deletedAt: now });
      await this.#audit.record(by, targetDeletion(target), manager);
      return { changed: true, result: undefined };
    });
  }
}

/** The first version of a target. */
export function newTarget(id: string, kept: KeptTarget, now: Date): TargetEntity {
  return { ...kept, id, hold: null, version: 1, createdAt: now, updatedAt: now, deletedAt: null };
}

/** The next version of a target. */
export function nextTarget(before: TargetEntity, change: Partial<TargetEntity>, now: Date): TargetEntity {
  return Object.assign(new TargetEntity(), before, change, { version: before.version + 1, updatedAt: now });
}

/** What of a target is kept of what its author decided. */
export function keptOf(target: TargetEntity): KeptTarget {
  return { ...shownTarget(target), secrets: target.secrets };
}

async function meant(manager: EntityManager, id: string, isMeant: (version: number) => boolean): Promise<TargetEntity> {
  const target = await findTarget(manager, id);
  if (!isMeant(target.version)) throw new VersionStale(target.version, 'target');
  return target;
}

/**
 * Secret headers of handlers stay with the origin that they were given for.
 *
 * @throws {InvalidInput}
 */
async function refuseStrandedSecrets(manager: EntityManager, id: string): Promise<void> {
  const senders = await sendersOfSecrets(manager, id);
  if (senders.length > 0)
    throw new InvalidInput([{ field: 'baseUrl', message: strandedSecrets(senders.map(({ name }) => name)) }]);
}

/** What is wrong with another origin of a target while handlers have secret headers of their own. */
export function strandedSecrets(handlerNames: readonly string[]): string {
  const whose = inWords(handlerNames);
  return `has another origin, to which the secret headers of ${whose} must not go: take them out of their tasks first`;
}
