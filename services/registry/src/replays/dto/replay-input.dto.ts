import { PickType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, Equals, IsArray, IsIn, IsObject, IsUUID, ValidateNested } from 'class-validator';
import { eventStatuses, eventTypes, type EventStatus } from '#contracts';
import { EventInput } from '../../events/dto/event-input.dto.ts';
import { IsDateTime } from '../../http/date-time.ts';
import { IfGiven } from '../../http/fields.ts';
import { IsIdentifier } from '../../journal/identifier-rule.ts';
import { IsObjectId } from '../../journal/object-id-rule.ts';

/** Duplicates were not run, and what they are duplicates of is replayed. */
const replayed = eventStatuses.filter((status) => status !== 'duplicate');

/** The fields of `GET /events`, as JSON. */
export class ReplayFilterInput {
  /** Id of an event type */
  @IfGiven()
  @IsIn(eventTypes.map(({ id }) => id))
  type?: string;

  /** Id of the object; "12" finds the number and the string, 12 the number only */
  @IfGiven()
  @IsObjectId()
  objectId?: number | string;

  /** Partition key */
  @IfGiven()
  @IsIdentifier()
  partitionKey?: string;

  /** Any of these statuses, as a list or as text as in GET /events. Duplicates are not replayed */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(/\s*,\s*/) : value))
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(replayed.length)
  @IsIn(replayed, { each: true })
  status?: Exclude<EventStatus, 'duplicate'>[];

  /** Only events with a failed handler */
  @IfGiven()
  @Equals(true)
  hasFailures?: true;

  /** Received then or later */
  @IfGiven()
  @IsDateTime()
  from?: string;

  /** Received before */
  @IfGiven()
  @IsDateTime()
  to?: string;
}

export class ReplayInput {
  /** Which events; `{}` means every event that was received before now and has run */
  @IsObject()
  @ValidateNested()
  @Type(() => ReplayFilterInput)
  filter!: ReplayFilterInput;

  /** The handlers to run; default: all enabled handlers of the event type */
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @IsUUID('loose', { each: true })
  handlerIds?: string[];
}

/** What is checked of {@link EventReplayInput}: the event is decoded from its bytes, as those from RabbitMQ are. */
export class ChosenHandlersInput extends PickType(ReplayInput, ['handlerIds'] as const) {}

export class EventReplayInput extends ChosenHandlersInput {
  /** An edited copy, run in place of the event and recorded as a new event, in the order of the same key */
  event?: EventInput;
}
