import { IsNull, type EntityManager } from 'typeorm';
import { TargetEntity } from '#orm';
import { TargetNotFound } from './target-errors.ts';

/** A target that is not deleted. @throws {TargetNotFound} */
export async function findTarget(manager: EntityManager, id: string): Promise<TargetEntity> {
  const target = await manager.findOneBy(TargetEntity, { id, deletedAt: IsNull() });
  if (!target) throw new TargetNotFound(id);
  return target;
}
