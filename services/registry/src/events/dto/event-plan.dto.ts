import { ApiProperty } from '@nestjs/swagger';
import type { BillingEvent } from '#contracts';
import { HandlerView, handlerView } from '../../handlers/dto/handler.dto.ts';
import { notRunReasons, type EventPlan, type NotRunReason } from '../event-plan.service.ts';

export class PlannedEventView {
  @ApiProperty({ type: 'string', nullable: true, description: 'Null when the event has none of its own' })
  id!: string | null;

  @ApiProperty()
  type!: string;

  @ApiProperty({ format: 'date-time' })
  occurredAt!: string;

  @ApiProperty({ oneOf: [{ type: 'integer' }, { type: 'string' }] })
  objectId!: number | string;

  @ApiProperty({ description: 'Events that share it are handled one after another' })
  partitionKey!: string;
}

export class PlannedHandlerView {
  @ApiProperty({ type: 'integer', description: 'Place in the order, from 1' })
  position!: number;

  @ApiProperty({ type: HandlerView })
  handler!: HandlerView;
}

export class NotRunHandlerView {
  @ApiProperty({ type: HandlerView })
  handler!: HandlerView;

  @ApiProperty({ type: 'string', enum: [...notRunReasons] })
  reason!: NotRunReason;

  @ApiProperty({ type: 'string', nullable: true, description: 'For people, where there is more to say' })
  message!: string | null;
}

export class EventPlanView {
  @ApiProperty({ type: PlannedEventView })
  event!: PlannedEventView;

  @ApiProperty({ type: 'integer', description: 'Revision of the catalog' })
  revision!: number;

  @ApiProperty({ type: [PlannedHandlerView], description: 'What would run, in order' })
  handlers!: PlannedHandlerView[];

  @ApiProperty({ type: [NotRunHandlerView], description: 'What would not run, and why' })
  notRun!: NotRunHandlerView[];
}

export function eventPlanView(event: BillingEvent, plan: EventPlan): EventPlanView {
  return {
    event: {
      id: event.hasOwnId ? event.id : null,
      type: event.type,
      occurredAt: new Date(event.occurredAt).toISOString(),
      objectId: event.objectId,
      partitionKey: event.partitionKey,
    },
    revision: plan.revision,
    handlers: plan.runs.map((handler, index) => ({ position: index + 1, handler: handlerView(handler) })),
    notRun: plan.notRun.map(({ handler, ...why }) => ({ handler: handlerView(handler), ...why })),
  };
}
