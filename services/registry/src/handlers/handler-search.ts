import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import { taskTraits, type HandlerStatus, type TaskType } from '#contracts';
import { HandlerEntity } from '#orm';
import { sortOrder } from './handler-sort.ts';

/** What to look for; what is not given does not matter. */
export interface HandlerCriteria {
  readonly event?: string | undefined;
  readonly type?: TaskType | undefined;
  readonly target?: string | undefined;
  readonly status?: readonly HandlerStatus[] | undefined;
  readonly q?: string | undefined;
  readonly sort: readonly string[];
  readonly page: number;
  readonly limit: number;
}

/** Finds handlers for the administrator's list. */
@Injectable()
export class HandlerSearch {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  async find(criteria: HandlerCriteria): Promise<{ handlers: HandlerEntity[]; total: number }> {
    const query = this.#dataSource.manager.createQueryBuilder(HandlerEntity, 'handler');
    narrow(query, criteria);
    for (const [column, direction] of sortOrder(criteria.sort)) query.addOrderBy(`handler.${column}`, direction);
    query.offset((criteria.page - 1) * criteria.limit).limit(criteria.limit);
    const [handlers, total] = await query.getManyAndCount();
    return { handlers, total };
  }
}

function narrow(query: SelectQueryBuilder<HandlerEntity>, { event, type, target, status, q }: HandlerCriteria): void {
  query.where('handler.status in (:...status)', { status: status ?? ['enabled', 'disabled'] });
  if (event !== undefined) query.andWhere('handler.event = :event', { event });
  if (type !== undefined) query.andWhere(`handler.task ->> 'type' = :type`, { type });
  if (target !== undefined) {
    query.andWhere(`handler.task ->> 'target' = :target`, { target: target.toLowerCase() });
  }
  if (q === undefined) return;
  const searched = ['handler.name', 'handler.description', ...searchedInTasks()];
  query.andWhere(`(${searched.map((text) => `${text} ilike :pattern`).join(' or ')})`, {
    pattern: `%${escapeLike(q)}%`,
  });
}

/** The texts of tasks that a search looks through, whatever their types are. */
function searchedInTasks(): string[] {
  const fields = Object.values(taskTraits).flatMap((traits) => Object.entries(traits.fields));
  const searched = new Set(fields.filter(([, part]) => part === 'searched').map(([field]) => field));
  return [...searched].map((field) => `handler.task ->> '${field}'`);
}

/** Takes their meaning from the wildcards of LIKE. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, String.raw`\$&`);
}
