import { ApiExtraModels, ApiProperty, PartialType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import {
  answerLimits,
  eventTypes,
  holdLimits,
  retryLimits,
  type EventFormat,
  type FailurePolicy,
  type HandlerField,
  type HandlerStatus,
} from '#contracts';
import { HoldWindowInput } from '../../holds/dto/hold-window.dto.ts';
import { IfGiven, Trimmed } from '../../http/fields.ts';
import { IsNumberWithin } from '../../http/number.ts';
import { IsOneLine, IsPlainText } from '../../http/text.ts';
import { IsKeep } from '../answers/keep-rule.ts';
import { IsCondition } from '../condition-rule.ts';
import { IsDuration, IsLasting } from '../duration.ts';
import { RulesOf } from '../field-rules.ts';
import { anyTask, taskClasses, toTaskInput } from '../tasks/task-types.ts';
import { OutcomeRuleInput } from './outcome-rule.dto.ts';
import type { TaskInput } from './task.dto.ts';

export class RetryInput {
  /** Attempts in all, the first included */
  @IfGiven()
  @IsInt()
  @Min(retryLimits.maxAttempts.min)
  @Max(retryLimits.maxAttempts.max)
  maxAttempts?: number;

  /** Delays before the second, third, … attempt; the last delay repeats */
  @IfGiven()
  @IsArray()
  @ArrayMinSize(retryLimits.schedule.min)
  @ArrayMaxSize(retryLimits.schedule.max)
  @IsDuration({ each: true })
  schedule?: string[];
}

@ApiExtraModels(...taskClasses('input'))
export class CreateHandlerInput {
  @RulesOf('name')
  @Trimmed()
  @IsOneLine()
  name!: string;

  @RulesOf('description')
  @IsPlainText()
  description?: string;

  @RulesOf('event')
  @IsIn(eventTypes.map(({ id }) => id))
  event!: string;

  @RulesOf('task')
  @Transform(({ value }: { value: unknown }) => toTaskInput(value))
  @IsObject()
  @ValidateNested()
  @ApiProperty(anyTask('input'))
  task!: TaskInput;

  @RulesOf('status')
  status?: HandlerStatus;

  @RulesOf('priority')
  priority?: number;

  @RulesOf('onFailure')
  onFailure?: FailurePolicy;

  @RulesOf('timeoutMs')
  timeoutMs?: number;

  @RulesOf('retry')
  @IsObject()
  @ValidateNested()
  @Type(() => RetryInput)
  retry?: RetryInput;

  @RulesOf('maxConcurrency')
  maxConcurrency?: number;

  @RulesOf('condition')
  @IsCondition()
  condition?: string | null;

  @RulesOf('lasting')
  @IsLasting()
  lasting?: string | null;

  @RulesOf('format')
  format?: EventFormat;

  @RulesOf('outcomes')
  @IsArray()
  @ArrayMaxSize(answerLimits.outcomes)
  @ValidateNested({ each: true })
  @Type(() => OutcomeRuleInput)
  outcomes?: OutcomeRuleInput[];

  @RulesOf('keep')
  @IsKeep()
  keep?: Record<string, string>;

  @RulesOf('windows')
  @IsArray()
  @ArrayMaxSize(holdLimits.windows)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => HoldWindowInput)
  windows?: HoldWindowInput[];

  @RulesOf('releasePerSecond')
  @IsNumberWithin(holdLimits.releasePerSecond)
  releasePerSecond?: number;
}

/** Does not compile while a request lacks a field of handlers. */
export type RequestField = EveryFieldOf<Required<CreateHandlerInput>>;

type EveryFieldOf<Input extends Record<HandlerField, unknown>> = keyof Input;

/** What is absent stays as it is; null is no way to take something away. */
export class PatchHandlerInput extends PartialType(CreateHandlerInput, { skipNullProperties: false }) {}
