import { PickType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, Equals, IsArray, IsIn, IsObject, IsUUID, ValidateNested } from 'class-validator';
import { eventStatuses, eventTypes, identifierFault, maxIdentifierBytes, type EventStatus } from '#contracts';
import { customRule } from '../../http/custom-rule.ts';
import { IsDateTime } from '../../http/date-time.ts';
import { IfGiven } from '../../http/fields.ts';
import { MayBeAbsent } from '../../http/optional-body.ts';
import { IsIdentifier } from '../../journal/identifier-rule.ts';

/** An object id: a whole number, or a text. */
function IsObjectId(): PropertyDecorator {
  const fault = (value: unknown): string | undefined => {
    if (Number.isSafeInteger(value)) return undefined;
    return typeof value === 'string' ? identifierFault(value) : 'must be a whole number or a string';
  };
  const schema = { oneOf: [{ type: 'string', maxLength: maxIdentifierBytes }, { type: 'integer' }] };
  return customRule({ name: 'objectId', fault, schema });
}

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

  /** Where it stands, any of these; a text as in GET /events is taken too. Duplicates are not replayed */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(/\s*,\s*/) : value))
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(replayed.length)
  @IsIn(replayed, { each: true })
  status?: Exclude<EventStatus, 'duplicate'>[];

  /** Only events of which a handler has failed */
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
  /** Which events; `{}` means every one that came before now and was run */
  @IsObject()
  @ValidateNested()
  @Type(() => ReplayFilterInput)
  filter!: ReplayFilterInput;

  /** The handlers that are to run; without it all that are enabled for the event type */
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @IsUUID('loose', { each: true })
  handlerIds?: string[];
}

@MayBeAbsent()
export class EventReplayInput extends PickType(ReplayInput, ['handlerIds'] as const) {}
