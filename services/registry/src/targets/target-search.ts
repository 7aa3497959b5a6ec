import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TargetEntity } from '#orm';
import { escapeLike } from '../handlers/handler-search.ts';
import { handlerCounts } from './handlers-of-target.ts';

const columns = ['name', 'baseUrl', 'createdAt', 'updatedAt'] as const;
type SortColumn = (typeof columns)[number];

/** What targets may be sorted by; with `-` from the last to the first. */
export const targetSortKeys: readonly string[] = columns.flatMap((column) => [column, `-${column}`]);

/** What to look for; what is not given does not matter. */
export interface TargetCriteria {
  readonly q?: string | undefined;
  readonly sort: readonly string[];
  readonly page: number;
  readonly limit: number;
}

/** A target, with the number of handlers that call it. */
export interface UsedTarget {
  readonly target: TargetEntity;
  readonly handlerCount: number;
}

/** Finds targets for the administrator's list. */
@Injectable()
export class TargetSearch {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  async find({ q, sort, page, limit }: TargetCriteria): Promise<{ targets: UsedTarget[]; total: number }> {
    const query = this.#dataSource.manager.createQueryBuilder(TargetEntity, 'target');
    query.where('target.deletedAt is null');
    if (q !== undefined) {
      query.andWhere(
        '(target.name ilike :pattern or target.description ilike :pattern or target.baseUrl ilike :pattern)',
        { pattern: `%${escapeLike(q)}%` },
      );
    }
    for (const key of sort) {
      const column = key.replace(/^-/, '') as SortColumn;
      query.addOrderBy(`target.${column}`, key.startsWith('-') ? 'DESC' : 'ASC');
    }
    query.addOrderBy('target.id', 'ASC');
    query.offset((page - 1) * limit).limit(limit);
    const [targets, total] = await query.getManyAndCount();
    return { targets: await this.#used(targets), total };
  }

  /** How many handlers call a target, without archived ones. */
  async count(id: string): Promise<number> {
    const counts = await handlerCounts(this.#dataSource.manager, [id]);
    return counts.get(id) ?? 0;
  }

  async #used(targets: readonly TargetEntity[]): Promise<UsedTarget[]> {
    const counts = await handlerCounts(
      this.#dataSource.manager,
      targets.map(({ id }) => id),
    );
    return targets.map((target) => ({ target, handlerCount: counts.get(target.id) ?? 0 }));
  }
}
