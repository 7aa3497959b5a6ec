import { ApiExtraModels, getSchemaPath, PartialType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import {
  durationPattern,
  eventFormats,
  eventTypes,
  failurePolicies,
  handlerDefaults,
  handlerLimits,
  handlerStatuses,
  type EventFormat,
  type FailurePolicy,
  type HandlerStatus,
} from '#contracts';
import { conditionFault } from '#conditions';
import { Field, Trimmed } from '../../http/fields.ts';
import { listOf, oneOf, text, wholeNumber, type Rule } from '../../http/rules.ts';
import { HttpTaskInput, isObject, ScriptTaskInput, toTaskInput, type TaskInput } from './task.dto.ts';

const duration: Rule = {
  fault: (value) =>
    typeof value === 'string' && durationPattern.test(value)
      ? undefined
      : 'must be a duration like 500ms, 5s, 30m, 2h or 1d',
  schema: { type: 'string', pattern: durationPattern.source },
};

const conditionText = text({ min: 1, max: handlerLimits.conditionLength, kind: 'lines' });

const condition: Rule = {
  fault: (value) => {
    if (value === null) return undefined;
    const fault = conditionText.fault(value);
    if (fault !== undefined) return fault === 'must be a string' ? 'must be a string, or null' : fault;
    const inCel = conditionFault(value as string);
    return inCel && `must be a condition in CEL: ${inCel}`;
  },
  schema: { type: 'string', maxLength: handlerLimits.conditionLength, nullable: true },
};

export class RetryInput {
  @Field(wholeNumber(handlerLimits.maxAttempts), {
    required: false,
    description: 'Attempts in all, the first included',
  })
  maxAttempts?: number;

  @Field(listOf(duration, handlerLimits.schedule), {
    required: false,
    description: 'Waits before the second, third, … attempt; the last one serves for all that follow',
  })
  schedule?: string[];
}

@ApiExtraModels(ScriptTaskInput, HttpTaskInput)
export class CreateHandlerInput {
  @Trimmed()
  @Field(text({ min: 1, max: handlerLimits.nameLength }), { example: 'Create SIP account' })
  name!: string;

  @Field(text({ max: handlerLimits.descriptionLength, kind: 'lines' }), { required: false, default: '' })
  description?: string;

  @Field(oneOf(eventTypes.map(({ id }) => id)), { description: 'Id of an event type' })
  event!: string;

  @Transform(({ value }: { value: unknown }) => toTaskInput(value))
  @ValidateNested()
  @Field(isObject, {
    oneOf: [{ $ref: getSchemaPath(ScriptTaskInput) }, { $ref: getSchemaPath(HttpTaskInput) }],
    discriminator: {
      propertyName: 'type',
      mapping: { script: getSchemaPath(ScriptTaskInput), http: getSchemaPath(HttpTaskInput) },
    },
  })
  task!: TaskInput;

  @Field(oneOf(handlerStatuses), { required: false, default: handlerDefaults.status })
  status?: HandlerStatus;

  @Field(wholeNumber(handlerLimits.priority), {
    required: false,
    description: 'Lower runs first. Without it: after the last one of its event',
  })
  priority?: number;

  @Field(oneOf(failurePolicies), { required: false, default: handlerDefaults.onFailure })
  onFailure?: FailurePolicy;

  @Field(wholeNumber(handlerLimits.timeoutMs), { required: false, description: 'Default: DEFAULT_TIMEOUT_MS' })
  timeoutMs?: number;

  @Type(() => RetryInput)
  @ValidateNested()
  @Field(isObject, { type: RetryInput, required: false, default: handlerDefaults.retry })
  retry?: RetryInput;

  @Field(wholeNumber(handlerLimits.maxConcurrency), { required: false, default: handlerDefaults.maxConcurrency })
  maxConcurrency?: number;

  @Field(condition, {
    required: false,
    default: null,
    description: 'In CEL: the handler runs for events of which it is true. Null: for all',
    example: 'data.status == "active" && changed("status")',
  })
  condition?: string | null;

  @Field(oneOf(eventFormats), {
    required: false,
    default: handlerDefaults.format,
    description: '`native`: the event as billing publishes it; `cloudevents`: a CloudEvent 1.0 in JSON',
  })
  format?: EventFormat;
}

/** What is absent stays as it is; null is no way to take something away. */
export class PatchHandlerInput extends PartialType(CreateHandlerInput, { skipNullProperties: false }) {}
