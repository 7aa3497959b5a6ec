import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Hold } from '#contracts';
import { HandlerEntity, TargetEntity } from '#orm';
import { Audit, type Actor } from '../audit/audit.service.ts';
import { Catalog } from '../catalog/catalog.service.ts';
import { InvalidInput } from '../domain-error.ts';
import { findHandler } from '../handlers/find-handler.ts';
import { HandlerArchived, VersionStale } from '../handlers/handler-errors.ts';
import { parseDateTime } from '../http/date-time.ts';
import { findTarget } from '../targets/find-target.ts';
import type { HoldInput } from './dto/hold-input.dto.ts';
import { holdInForce } from './hold-in-force.ts';
import type { HoldSubject } from './hold-schedule.ts';

interface Held {
  handler: HandlerEntity;
  target: TargetEntity;
}

/** Which one is meant, and of which version. */
export interface Meant<Subject extends HoldSubject> {
  readonly type: Subject;
  readonly id: string;
  readonly isMeant: (version: number) => boolean;
}

/** Says of handlers and targets that they are not called, until a time or until it is taken back. */
@Injectable()
export class Holds {
  readonly #catalog: Catalog;
  readonly #audit: Audit;

  constructor(catalog: Catalog, audit: Audit) {
    this.#catalog = catalog;
    this.#audit = audit;
  }

  /**
   * Holds a handler or target, or says something else of one that is held.
   *
   * @throws {HandlerNotFound} or {TargetNotFound}
   * @throws {HandlerArchived}
   * @throws {VersionStale} When the caller has seen another version.
   * @throws {InvalidInput} When it would end in the past.
   */
  async hold<Subject extends HoldSubject>(
    meant: Meant<Subject>,
    { reason, until = null }: HoldInput,
    by: Actor,
  ): Promise<Held[Subject]> {
    return this.#change(meant, by, 'hold', (current, now) => {
      const end = until === null ? null : parseDateTime(until)!;
      if (end !== null && end <= now) throw new InvalidInput([{ field: 'until', message: 'must be in the future' }]);
      const inForce = holdInForce(current, now);
      const next = { reason, until: end?.toISOString() ?? null };
      if (inForce && isDeepStrictEqual({ reason: inForce.reason, until: inForce.until }, next)) return inForce;
      return { ...next, since: inForce?.since ?? now.toISOString(), by: by.name };
    });
  }

  /** Takes a hold back; does nothing where there is none. Throws as {@link hold}. */
  async release<Subject extends HoldSubject>(meant: Meant<Subject>, by: Actor): Promise<void> {
    await this.#change(meant, by, 'release', () => null);
  }

  async #change<Subject extends HoldSubject>(
    { type, id, isMeant }: Meant<Subject>,
    by: Actor,
    action: 'hold' | 'release',
    next: (current: Hold | null, now: Date) => Hold | null,
  ): Promise<Held[Subject]> {
    const { result } = await this.#catalog.change(async (manager, _current, now) => {
      const before = await found(manager, type, id, action);
      if (!isMeant(before.version)) throw new VersionStale(before.version, type);
      const hold = next(before.hold, now);
      if (isDeepStrictEqual(hold, before.hold)) return { changed: false, result: before };
      const subject = { type, id, name: before.name };
      const entry = { before: { hold: before.hold }, after: { hold } };
      const change = { hold, version: before.version + 1, updatedAt: now };
      await manager.update(type === 'handler' ? HandlerEntity : TargetEntity, { id }, change);
      await this.#audit.record(by, { action: `${type}.${action}`, subject, ...entry }, manager);
      return { changed: true, result: Object.assign(before, change) };
    });
    return result as Held[Subject];
  }
}

async function found(
  manager: EntityManager,
  type: HoldSubject,
  id: string,
  action: 'hold' | 'release',
): Promise<HandlerEntity | TargetEntity> {
  if (type === 'target') return findTarget(manager, id);
  const handler = await findHandler(manager, id);
  if (handler.status === 'archived' && action === 'hold') throw new HandlerArchived(id, 'to hold it');
  return handler;
}
