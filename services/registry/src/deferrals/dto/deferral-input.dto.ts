import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, IsUUID, ValidateNested } from 'class-validator';
import { durationForm, durationPattern, parseDuration } from '#contracts';
import { customRule } from '../../http/custom-rule.ts';
import { IfGiven } from '../../http/fields.ts';
import { Integer } from '../../http/formats.ts';
import { AreIdentifiers } from '../../journal/identifier-rule.ts';
import { IsReason } from '../../journal/reason-rule.ts';
import { OperationInput } from '../../operations/dto/operation-input.dto.ts';

const longestAge = '3650d';

/** A duration that leaves a time from now in range. */
function IsAge(): PropertyDecorator {
  const fault = (value: unknown): string | undefined => {
    const ms = typeof value === 'string' ? parseDuration(value) : undefined;
    if (ms === undefined) return `must be ${durationForm}`;
    return ms > parseDuration(longestAge)! ? `must be at most ${longestAge}` : undefined;
  };
  return customRule({ name: 'age', fault, schema: { pattern: durationPattern.source } });
}

export class DeferralFilterInput {
  /** Id of the handler that the key waits for */
  @IfGiven()
  @IsUUID('loose')
  handlerId?: string;

  /** Id of a target: keys that wait for a handler of it */
  @IfGiven()
  @IsUUID('loose')
  targetId?: string;

  /** Why the key waits, or why its last attempt failed */
  @IfGiven()
  @IsReason()
  reason?: string;

  /**
   * Only keys that have waited longer
   *
   * @example 10m
   */
  @IfGiven()
  @IsAge()
  waitingLongerThan?: string;

  /** Only these partition keys */
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @AreIdentifiers()
  partitionKeys?: string[];
}

export class DeferralPreviewInput {
  /** Which keys; `{}` means every one */
  @IsObject()
  @ValidateNested()
  @Type(() => DeferralFilterInput)
  filter!: DeferralFilterInput;
}

export class DeferralOperationInput extends OperationInput {
  /** Which keys; `{}` means every one */
  @IsObject()
  @ValidateNested()
  @Type(() => DeferralFilterInput)
  filter!: DeferralFilterInput;
}

export class DeferralPreviewView {
  /** Number of waiting keys and detached executions */
  @Integer()
  keys!: number;

  /** Number of their waiting events */
  @Integer()
  events!: number;
}
