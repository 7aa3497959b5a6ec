import type { BillingEvent } from '#contracts';
import { HandlerView, handlerView } from '../../handlers/dto/handler.dto.ts';
import { DateTime, Integer, ObjectId, OneOf } from '../../http/formats.ts';
import { notRunReasons, type EventPlan, type NotRunReason } from '../event-plan.service.ts';

export class PlannedEventView {
  /** Null when the event has none of its own */
  id!: string | null;

  type!: string;

  @DateTime()
  occurredAt!: string;

  @ObjectId()
  objectId!: number | string;

  /** Events that share it are handled one after another */
  partitionKey!: string;
}

export class PlannedHandlerView {
  /** Place in the order, from 1 */
  @Integer()
  position!: number;

  handler!: HandlerView;
}

export class NotRunHandlerView {
  handler!: HandlerView;

  @OneOf(notRunReasons)
  reason!: NotRunReason;

  /** For people, where there is more to say */
  message!: string | null;
}

export class EventPlanView {
  event!: PlannedEventView;

  /** Revision of the catalog */
  @Integer()
  revision!: number;

  /** What would run, in order */
  handlers!: PlannedHandlerView[];

  /** What would not run, and why */
  notRun!: NotRunHandlerView[];
}

export function eventPlanView(event: BillingEvent, plan: EventPlan, now: Date): EventPlanView {
  return {
    event: {
      id: event.hasOwnId ? event.id : null,
      type: event.type,
      occurredAt: new Date(event.occurredAt).toISOString(),
      objectId: event.objectId,
      partitionKey: event.partitionKey,
    },
    revision: plan.revision,
    handlers: plan.runs.map((handler, index) => ({ position: index + 1, handler: handlerView(handler, now) })),
    notRun: plan.notRun.map(({ handler, ...why }) => ({ handler: handlerView(handler, now), ...why })),
  };
}
