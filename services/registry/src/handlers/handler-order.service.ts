import { Injectable } from '@nestjs/common';
import { Not, type EntityManager } from 'typeorm';
import { HandlerEntity } from '#orm';
import { Audit, type Actor } from '../audit/audit.service.ts';
import { Catalog } from '../catalog/catalog.service.ts';
import { InvalidInput } from '../domain-error.ts';
import { orderEntry } from './handler-audit.ts';
import { orderFaults, reordered } from './handler-order.ts';

/** The order in which the handlers of an event run, changed as a whole. */
@Injectable()
export class HandlerOrder {
  readonly #catalog: Catalog;
  readonly #audit: Audit;

  constructor(catalog: Catalog, audit: Audit) {
    this.#catalog = catalog;
    this.#audit = audit;
  }

  /**
   * @param asked Ids of handlers of the event, the first to run first.
   * @throws {InvalidInput} Naming each id that is there twice, or is no handler of the event.
   */
  async set(
    event: string,
    asked: readonly string[],
    by: Actor,
  ): Promise<{ revision: number; handlers: HandlerEntity[] }> {
    const ids = asked.map((id) => id.toLowerCase());
    const { revision, result } = await this.#catalog.change(async (manager, _current, now) => {
      const { changed, before, after } = await reorder(manager, event, ids, now);
      if (changed) await this.#audit.record(by, orderEntry(event, before, after), manager);
      return { changed, result: after };
    });
    return { revision, handlers: result };
  }
}

async function reorder(
  manager: EntityManager,
  event: string,
  ids: string[],
  now: Date,
): Promise<{ changed: boolean; before: HandlerEntity[]; after: HandlerEntity[] }> {
  const handlers = await manager.find(HandlerEntity, {
    where: { event, status: Not('archived') },
    order: { priority: 'ASC', createdAt: 'ASC', id: 'ASC' },
  });
  const faults = orderFaults(ids, handlers);
  if (faults.length > 0) throw new InvalidInput(faults);
  const order = reordered(ids, handlers);
  const moved = order.filter(({ handler, priority }) => handler.priority !== priority);
  if (moved.length > 0) await writePriorities(manager, moved, now);
  return { changed: moved.length > 0, before: handlers, after: order.map(({ handler }) => handler) };
}

/** One statement, however many handlers there are; what was read is brought to what was written. */
async function writePriorities(
  manager: EntityManager,
  moved: readonly { handler: HandlerEntity; priority: number }[],
  now: Date,
): Promise<void> {
  await manager.query(
    `update handlers set priority = moved.priority, version = version + 1, updated_at = $3
     from unnest($1::uuid[], $2::integer[]) as moved (id, priority) where handlers.id = moved.id`,
    [moved.map(({ handler }) => handler.id), moved.map(({ priority }) => priority), now],
  );
  for (const { handler, priority } of moved) {
    Object.assign(handler, { priority, version: handler.version + 1, updatedAt: now });
  }
}
