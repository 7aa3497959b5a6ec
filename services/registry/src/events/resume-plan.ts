import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { decodeBillingEvent, isJsonObject, partitionKeyHeader, type BillingEvent } from '#contracts';
import { CatalogEntity, HandlerEntity } from '#orm';
import { isResumable, resumableRunOf, type PlannedHandler, type Standing } from '../failures/resumable-run.ts';
import { whyNot, type EventPlan, type NotRun, type NotRunReason } from './event-plan.service.ts';

/** Whether the body of a request asks for the plan of a resume, and is no event. */
export function asksForResume(content: Buffer): boolean {
  try {
    const document: unknown = JSON.parse(content.toString('utf8'));
    return isJsonObject(document) && 'resume' in document && !('event' in document) && !('specversion' in document);
  } catch {
    return false;
  }
}

/** Says which handlers a resume of an event would run, as they are now; resumes nothing. */
@Injectable()
export class ResumePlanner {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  /** @throws {EventNotFound} */
  async plan(eventId: string): Promise<{ event: BillingEvent; plan: EventPlan }> {
    const run = await resumableRunOf(this.#dataSource, eventId);
    const event = decodeBillingEvent(Buffer.from(run.body), { headers: { [partitionKeyHeader]: run.partitionKey } });
    const { revision, byId } = await this.#handlers(run.handlers.map(({ id }) => id));
    const continues = isResumable(run);
    const runs: HandlerEntity[] = [];
    const notRun: NotRun[] = [];
    for (const planned of run.handlers) {
      const handler = byId.get(planned.id);
      if (!handler) continue;
      const reason = keptFrom(planned, continues);
      const found =
        reason === undefined ? whyNot(handler, event) : { handler, reason, message: messages[reason] ?? null };
      if (found) notRun.push(found);
      else runs.push(handler);
      // Each condition has a bound, and there may be thousands of them: other requests go on in between.
      if (handler.condition !== null) await setImmediate();
    }
    return { event, plan: { revision, runs, notRun } };
  }

  #handlers(ids: readonly string[]): Promise<{ revision: number; byId: ReadonlyMap<string, HandlerEntity> }> {
    // One snapshot, so that the handlers are those of the revision that is named.
    return this.#dataSource.transaction('REPEATABLE READ', async (manager) => {
      const { revision } = await manager.findOneByOrFail(CatalogEntity, { id: 1 });
      const handlers = await manager.find(HandlerEntity, { where: { id: In([...ids]) } });
      return { revision, byId: new Map(handlers.map((handler) => [handler.id, handler])) };
    });
  }
}

const reasons: Readonly<Record<Exclude<Standing, 'open' | 'pending'>, NotRunReason>> = {
  settled: 'settled',
  succeeded: 'succeeded',
  condition_unmet: 'condition_unmet',
  disabled: 'disabled',
  waiting: 'waiting',
};

const messages: Partial<Record<NotRunReason, string>> = {
  settled: 'a person has settled its failure',
  disabled: 'it was disabled when the event came',
  waiting: 'it retries in the background',
  earlier_failed: 'a replay has settled the failure that it was skipped for',
};

/** Why a resume does not get to a handler; undefined where the handler as it is now decides. */
function keptFrom({ standing }: PlannedHandler, continues: boolean): NotRunReason | undefined {
  if (standing === 'open') return undefined;
  if (standing === 'pending') return continues ? undefined : 'earlier_failed';
  return reasons[standing];
}
