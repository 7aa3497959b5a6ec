import { isUUID } from 'class-validator';
import { In, type EntityManager } from 'typeorm';
import type { Task } from '#contracts';
import { TargetEntity } from '#orm';

/** A target as far as the tasks that name it care. */
export type NamedTarget = Pick<TargetEntity, 'id' | 'name' | 'baseUrl'>;

/** What tasks may name as their target, and where targets are. */
export interface TargetLookup {
  /** The target that is there under what a task says: its id, or in a set its name. */
  named(given: string): NamedTarget | undefined;
  /** The origin of a target's base URL before the change, also of a deleted one. */
  originOf(id: string): string | undefined;
  /** The name of a target, also of a deleted one. */
  nameOf(id: string): string | undefined;
}

/** The targets that tasks name by their ids, as they are now. */
export async function targetsNamed(
  manager: EntityManager,
  ...tasks: { readonly type: Task['type']; readonly target?: string | undefined }[]
): Promise<TargetLookup> {
  const ids = tasks.map(({ target }) => target).filter((id): id is string => isUUID(id, 'loose'));
  const rows = ids.length === 0 ? [] : await manager.findBy(TargetEntity, { id: In(ids) });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    named: (given) => {
      const found = byId.get(given.toLowerCase());
      return found?.deletedAt === null ? found : undefined;
    },
    originOf: (id) => {
      const found = byId.get(id);
      return found && originOf(found.baseUrl);
    },
    nameOf: (id) => byId.get(id)?.name,
  };
}

/** Scheme, host and port of a URL that was checked. */
export function originOf(url: string): string {
  return new URL(url).origin;
}
