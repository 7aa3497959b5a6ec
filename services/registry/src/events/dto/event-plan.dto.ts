import { ApiProperty } from '@nestjs/swagger';
import { maxIdentifierBytes, type BillingEvent } from '#contracts';
import { HandlerView, handlerView } from '../../handlers/dto/handler.dto.ts';
import type { RequestPreview } from '../../handlers/preview/request-preview.ts';
import { RequestView } from '../../handlers/preview/request-preview.dto.ts';
import { FieldErrorView } from '../../http/problem.dto.ts';
import { IsIdentifier } from '../../journal/identifier-rule.ts';
import { DateTime, Integer, ObjectId, OneOf } from '../../http/formats.ts';
import { notRunReasons, type EventPlan, type NotRunReason } from '../event-plan.service.ts';

/** An event of the journal, in place of one that is given. */
export class ResumePlanInput {
  /** Id of the event that would be resumed */
  @ApiProperty({ maxLength: maxIdentifierBytes })
  @IsIdentifier()
  resume!: string;
}

export class PlannedEventView {
  /** Null when the event has none of its own */
  id!: string | null;

  type!: string;

  @DateTime()
  occurredAt!: string;

  @ObjectId()
  objectId!: number | string;

  /** Events with the same key run one after another */
  partitionKey!: string;
}

export class PlannedHandlerView {
  /** Place in the order, from 1 */
  @Integer()
  position!: number;

  handler!: HandlerView;

  /** What its first attempt would send, with secrets and redacted values as `***`; null: it cannot be made */
  request!: RequestView | null;

  /** Why the request cannot be made, and by which field */
  fault!: FieldErrorView | null;
}

export class NotRunHandlerView {
  handler!: HandlerView;

  @OneOf(notRunReasons)
  reason!: NotRunReason;

  /** Details in plain text, if there are any */
  message!: string | null;
}

export class EventPlanView {
  event!: PlannedEventView;

  /** Revision of the catalog */
  @Integer()
  revision!: number;

  /** Handlers that would run, in order */
  handlers!: PlannedHandlerView[];

  /** Handlers that would not run, with the reason */
  notRun!: NotRunHandlerView[];
}

/** @param requests Of the handlers that would run, in their order. */
export function eventPlanView(
  event: BillingEvent,
  plan: EventPlan,
  requests: readonly RequestPreview[],
  now: Date,
): EventPlanView {
  return {
    event: {
      id: event.hasOwnId ? event.id : null,
      type: event.type,
      occurredAt: new Date(event.occurredAt).toISOString(),
      objectId: event.objectId,
      partitionKey: event.partitionKey,
    },
    revision: plan.revision,
    handlers: plan.runs.map((handler, index) => {
      return { position: index + 1, handler: handlerView(handler, now), ...requests[index]! };
    }),
    notRun: plan.notRun.map(({ handler, ...why }) => ({ handler: handlerView(handler, now), ...why })),
  };
}
