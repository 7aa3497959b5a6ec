import { Transform, Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import {
  eventStatuses,
  eventTypes,
  identifierFault,
  isJsonObject,
  maxIdentifierBytes,
  type EventStatus,
} from '#contracts';
import { dateTime } from '../../http/date-time.ts';
import { Field } from '../../http/fields.ts';
import { MayBeAbsent } from '../../http/optional-body.ts';
import { listOf, oneOf, uuid, type Rule } from '../../http/rules.ts';
import { identifier } from '../../journal/identifier-rule.ts';

const objectId: Rule = {
  fault: (value) => {
    if (Number.isSafeInteger(value)) return undefined;
    return typeof value === 'string' ? identifierFault(value) : 'must be a whole number or a string';
  },
  schema: { oneOf: [{ type: 'string', maxLength: maxIdentifierBytes }, { type: 'integer' }] },
};

const filter: Rule = {
  fault: (value) => (isJsonObject(value) ? undefined : 'must be an object'),
  schema: {},
};

/** Duplicates were not run, and what they are duplicates of is replayed. */
const replayed = eventStatuses.filter((status) => status !== 'duplicate');

const handlerIds = listOf(uuid, { min: 1, max: 10_000 });
const handlerIdsDocumentation = {
  required: false,
  description: 'The handlers that are to run; without it all that are enabled for the event type',
};

/** The fields of `GET /events`, as JSON. */
export class ReplayFilterInput {
  @Field(oneOf(eventTypes.map(({ id }) => id)), { required: false, description: 'Id of an event type' })
  type?: string;

  @Field(objectId, {
    required: false,
    description: 'Id of the object; "12" finds the number and the string, 12 the number only',
  })
  objectId?: number | string;

  @Field(identifier, { required: false, description: 'Partition key' })
  partitionKey?: string;

  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(/\s*,\s*/) : value))
  @Field(listOf(oneOf(replayed), { min: 1, max: replayed.length }), {
    required: false,
    description: 'Where it stands, any of these; a text as in GET /events is taken too. Duplicates are not replayed',
  })
  status?: Exclude<EventStatus, 'duplicate'>[];

  @Field(dateTime, { required: false, description: 'Received then or later' })
  from?: string;

  @Field(dateTime, { required: false, description: 'Received before' })
  to?: string;
}

export class ReplayInput {
  @Type(() => ReplayFilterInput)
  @ValidateNested()
  @Field(filter, {
    type: ReplayFilterInput,
    description: 'Which events; {} means every one that came before now and was run',
  })
  filter!: ReplayFilterInput;

  @Field(handlerIds, handlerIdsDocumentation)
  handlerIds?: string[];
}

@MayBeAbsent()
export class EventReplayInput {
  @Field(handlerIds, handlerIdsDocumentation)
  handlerIds?: string[];
}
