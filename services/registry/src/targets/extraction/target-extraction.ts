import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { fieldsOf, isSigningSlot, secretContext, usualReleasePerSecond, type HttpTask } from '#contracts';
import { HandlerEntity, TargetEntity } from '#orm';
import { SecretBox, SecretError } from '#secrets';
import { Audit, type Actor } from '../../audit/audit.service.ts';
import { Catalog } from '../../catalog/catalog.service.ts';
import { findHandler } from '../../handlers/find-handler.ts';
import { changeEntry } from '../../handlers/handler-audit.ts';
import { HandlerArchived, refusingTakenName, VersionStale } from '../../handlers/handler-errors.ts';
import { targetCreation } from '../target-audit.ts';
import { NoUrlToExtract, SecretUnreadable } from '../target-errors.ts';
import { newTarget } from '../targets.service.ts';
import { splitUrl } from './split-url.ts';

/** A target that was made of a handler's URL, and the handler, which names it now. */
export interface Extracted {
  readonly target: TargetEntity;
  readonly handler: HandlerEntity;
}

/** Makes targets of the URLs of handlers. */
@Injectable()
export class TargetExtraction {
  readonly #catalog: Catalog;
  readonly #audit: Audit;
  readonly #box: SecretBox;

  constructor(catalog: Catalog, audit: Audit, box: SecretBox) {
    this.#catalog = catalog;
    this.#audit = audit;
    this.#box = box;
  }

  /**
   * Moves what of a handler is about the system that it calls to a new target: origin, headers, secrets, certificates.
   * The handler keeps its method and path, and its calls stay the same.
   *
   * @param name Of the target; undefined: the host of the URL.
   * @throws {HandlerNotFound}
   * @throws {HandlerArchived}
   * @throws {VersionStale} When the caller has seen another version.
   * @throws {NoUrlToExtract}
   * @throws {NameTaken}
   * @throws {SecretUnreadable}
   */
  async extract(
    handlerId: string,
    name: string | undefined,
    isMeant: (version: number) => boolean,
    by: Actor,
  ): Promise<Extracted> {
    const { result } = await this.#catalog.change(async (manager, _current, now) => {
      const before = await findHandler(manager, handlerId);
      if (!isMeant(before.version)) throw new VersionStale(before.version);
      if (before.status === 'archived') throw new HandlerArchived(handlerId, 'to extract its target');
      const { target, handler } = this.#split(before, name, now);
      await refusingTakenName(target.name, manager.insert(TargetEntity, target), 'target');
      await writeTask(manager, handler);
      await this.#audit.recordAll(by, [targetCreation(target), changeEntry(before, handler)], manager);
      return { changed: true, result: { target, handler } };
    });
    return result;
  }

  #split(before: HandlerEntity, name: string | undefined, now: Date): Extracted {
    const { task } = before;
    if (task.type !== 'http' || task.url === undefined) throw new NoUrlToExtract(before.id);
    const { baseUrl, path } = splitUrl(task.url);
    const id = uuidv7();
    const target = newTarget(
      id,
      {
        name: name ?? new URL(baseUrl).host,
        description: '',
        baseUrl,
        headers: task.headers,
        secretHeaders: task.secretHeaders ?? [],
        tls: task.tls ?? null,
        auth: null,
        rate: null,
        maxConcurrency: null,
        windows: [],
        releasePerSecond: usualReleasePerSecond,
        secrets: this.#resealed(before, id),
      },
      now,
    );
    const named: HttpTask = {
      type: 'http',
      target: id,
      ...(path !== undefined && { path }),
      method: task.method,
      headers: {},
    };
    const signing = Object.entries(before.secrets).filter(([slot]) => isSigningSlot(slot));
    const { id: handlerId, signingSecrets, hold, createdAt } = before;
    const handler: HandlerEntity = {
      ...fieldsOf(before),
      task: named,
      secrets: Object.fromEntries(signing),
      id: handlerId,
      signingSecrets,
      hold,
      createdAt,
      version: before.version + 1,
      updatedAt: now,
    };
    return { target, handler };
  }

  /** The secrets of a handler's task, sealed for a target; those that sign its calls stay with it. */
  #resealed({ id, secrets }: HandlerEntity, targetId: string): Record<string, string> {
    const moving = Object.entries(secrets).filter(([slot]) => !isSigningSlot(slot));
    return Object.fromEntries(
      moving.map(([slot, sealed]) => {
        try {
          const opened = this.#box.open(sealed, secretContext(id, slot));
          return [slot, this.#box.seal(opened, secretContext(targetId, slot))];
        } catch (error) {
          if (error instanceof SecretError) throw new SecretUnreadable(id, slot, { cause: error });
          throw error;
        }
      }),
    );
  }
}

async function writeTask(
  manager: EntityManager,
  { id, task, secrets, version, updatedAt }: HandlerEntity,
): Promise<void> {
  await manager.update(HandlerEntity, { id }, { task, secrets, version, updatedAt });
}
