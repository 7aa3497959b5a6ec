import type { EntityManager } from 'typeorm';
import { HandlerEntity } from '#orm';
import { HandlerNotFound } from './handler-errors.ts';

/** @throws {HandlerNotFound} */
export async function findHandler(manager: EntityManager, id: string): Promise<HandlerEntity> {
  const handler = await manager.findOneBy(HandlerEntity, { id });
  if (!handler) throw new HandlerNotFound(id);
  return handler;
}
