import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { BillingEvent } from '#contracts';
import { CatalogEntity, HandlerEntity } from '#database';

/** What would happen to an event. */
export interface EventPlan {
  readonly revision: number;
  /** In the order in which they would run. */
  readonly runs: HandlerEntity[];
  readonly notRun: HandlerEntity[];
}

/** Says which handlers an event would run; runs nothing. */
@Injectable()
export class EventPlanner {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  async plan(event: Pick<BillingEvent, 'type'>): Promise<EventPlan> {
    // One snapshot, so that the handlers are those of the revision that is named.
    return this.#dataSource.transaction('REPEATABLE READ', async (manager) => {
      const { revision } = await manager.findOneByOrFail(CatalogEntity, { id: 1 });
      const handlers = await manager.find(HandlerEntity, {
        where: { event: event.type },
        order: { priority: 'ASC', createdAt: 'ASC', id: 'ASC' },
      });
      return {
        revision,
        runs: handlers.filter(({ status }) => status === 'enabled'),
        notRun: handlers.filter(({ status }) => status !== 'enabled'),
      };
    });
  }
}
