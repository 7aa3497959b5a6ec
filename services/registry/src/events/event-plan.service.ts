import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { compiled, type Verdict } from '#conditions';
import { isLongEnough, type BillingEvent } from '#contracts';
import { CatalogEntity, HandlerEntity } from '#orm';

/** What would happen to an event. */
export interface EventPlan {
  readonly revision: number;
  /** In the order in which they would run. */
  readonly runs: HandlerEntity[];
  readonly notRun: NotRun[];
}

/** Why a handler does not run, with words where there is more to say. */
export interface NotRun {
  readonly handler: HandlerEntity;
  readonly reason: NotRunReason;
  readonly message: string | null;
}

/**
 * Why a handler would not run. The last four are for an event that is resumed: the handler has succeeded; a person has
 * settled its failure; it retries in the background; or it was skipped, and a replay has settled the failure before it.
 */
export const notRunReasons = [
  'condition_unmet',
  'condition_failed',
  'disabled',
  'archived',
  'succeeded',
  'settled',
  'waiting',
  'earlier_failed',
] as const;
export type NotRunReason = (typeof notRunReasons)[number];

/** Says which handlers an event would run; runs nothing. */
@Injectable()
export class EventPlanner {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  async plan(event: BillingEvent): Promise<EventPlan> {
    const { revision, handlers } = await this.#handlersOf(event.type);
    const notRun: NotRun[] = [];
    for (const handler of handlers) {
      const found = whyNot(handler, event);
      if (found) notRun.push(found);
      // Each condition has a bound, and there may be thousands of them: other requests go on in between.
      if (handler.condition !== null) await setImmediate();
    }
    const excluded = new Set(notRun.map(({ handler }) => handler));
    return { revision, runs: handlers.filter((handler) => !excluded.has(handler)), notRun };
  }

  #handlersOf(eventType: string): Promise<{ revision: number; handlers: HandlerEntity[] }> {
    // One snapshot, so that the handlers are those of the revision that is named.
    return this.#dataSource.transaction('REPEATABLE READ', async (manager) => {
      const { revision } = await manager.findOneByOrFail(CatalogEntity, { id: 1 });
      const handlers = await manager.find(HandlerEntity, {
        where: { event: eventType },
        order: { priority: 'ASC', createdAt: 'ASC', id: 'ASC' },
      });
      return { revision, handlers };
    });
  }
}

/** Why a handler does not run for an event; undefined when it runs. */
export function whyNot(handler: HandlerEntity, event: BillingEvent): NotRun | undefined {
  if (handler.status !== 'enabled') return { handler, reason: handler.status, message: null };
  if (!isLongEnough(handler.lasting, event)) {
    const message =
      handler.lasting === null ? 'the notice is for handlers with lasting' : `lasting is ${handler.lasting}`;
    return { handler, reason: 'condition_unmet', message };
  }
  const condition = handler.condition === null ? undefined : compiled(handler.condition);
  // What is kept of earlier answers, only the event itself will have.
  if (condition?.reads.has('results')) return undefined;
  const verdict = condition?.of(event) ?? met;
  if (verdict.kind === 'met') return undefined;
  if (verdict.kind === 'unmet') return { handler, reason: 'condition_unmet', message: null };
  return { handler, reason: 'condition_failed', message: verdict.message };
}

const met: Verdict = { kind: 'met' };
