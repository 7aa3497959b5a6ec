import { ApiExtraModels, ApiProperty, PartialType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsObject, IsString, Max, Min, ValidateNested } from 'class-validator';
import { holdLimits, targetLimits, taskLimits, usualReleasePerSecond } from '#contracts';
import { HttpTlsInput } from '../../handlers/dto/tls.dto.ts';
import { IsTaskHeaders } from '../../handlers/task-headers.ts';
import { urlFault, withScheme } from '../../handlers/task-url.ts';
import { HoldWindowInput } from '../../holds/dto/hold-window.dto.ts';
import { customRule } from '../../http/custom-rule.ts';
import { IfGiven, IfNotNull, Trimmed } from '../../http/fields.ts';
import { IsNumberWithin } from '../../http/number.ts';
import { IsOneLine, IsPlainText, Length, MaxLength } from '../../http/text.ts';
import { anyAuth, targetAuthClasses, toAuthInput, type TargetAuthInput } from './target-auth.dto.ts';

const { nameLength, perSecond, burst, maxConcurrency } = targetLimits;

export class TargetRateInput {
  /** Calls a second, of all executors together */
  @IsNumberWithin(perSecond)
  perSecond!: number;

  /** Calls that may come at once after a while without any */
  @IfGiven({ default: 1 })
  @IsInt()
  @Min(burst.min)
  @Max(burst.max)
  burst?: number;
}

@ApiExtraModels(...targetAuthClasses.input)
export class CreateTargetInput {
  /** @example CRM */
  @Trimmed()
  @IsString()
  @IsOneLine()
  @Length(1, nameLength)
  name!: string;

  @IfGiven({ default: '' })
  @IsString()
  @IsPlainText()
  @MaxLength(10_000)
  description?: string;

  /**
   * http or https, with the path of a task behind it
   *
   * @example https://crm.example/rest
   */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? withScheme(value.trim()) : value))
  @IsBaseUrl()
  baseUrl!: string;

  /** Sent with each call; for a secret header `***` means the stored value */
  @IfGiven({ default: {}, example: { 'x-tenant': '7' } })
  @IsTaskHeaders()
  headers?: Record<string, string>;

  /** Further headers with secret values; headers with names such as Authorization are always secret */
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(taskLimits.headers)
  @IsString({ each: true })
  @IsOneLine({ each: true })
  @Length(1, taskLimits.headerLength, { each: true })
  secretHeaders?: string[];

  /** For https, of the base URL or the token URL */
  @IfNotNull()
  @IsObject()
  @ValidateNested()
  @Type(() => HttpTlsInput)
  tls?: HttpTlsInput | null;

  /** How calls are authenticated, beside the headers */
  @IfNotNull()
  @Transform(({ value }: { value: unknown }) => toAuthInput(value))
  @IsObject()
  @ValidateNested()
  @ApiProperty(anyAuth('input'))
  auth?: TargetAuthInput | null;

  /** Limit on calls a second; null: none */
  @IfNotNull()
  @IsObject()
  @ValidateNested()
  @Type(() => TargetRateInput)
  rate?: TargetRateInput | null;

  /** Limit on calls at a time, of all executors together; null: none but those of the handlers */
  @IfNotNull()
  @IsInt()
  @Min(maxConcurrency.min)
  @Max(maxConcurrency.max)
  maxConcurrency?: number | null;

  /** Weekly hours in which it is not called: events wait until the end, in order */
  @IfGiven({ default: [] })
  @IsArray()
  @ArrayMaxSize(holdLimits.windows)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => HoldWindowInput)
  windows?: HoldWindowInput[];

  /** Events a second that continue at the end of a hold, at most */
  @IfGiven({ default: usualReleasePerSecond })
  @IsNumberWithin(holdLimits.releasePerSecond)
  releasePerSecond?: number;
}

/** What is absent stays as it is. */
export class PatchTargetInput extends PartialType(CreateTargetInput, { skipNullProperties: false }) {}

function IsBaseUrl(): PropertyDecorator {
  return customRule({
    name: 'baseUrl',
    fault: (value) =>
      urlFault(value) ??
      ((value as string).includes('?') ? 'must not have a query: give it in paths of tasks' : undefined),
    schema: { minLength: 1, maxLength: taskLimits.urlLength },
  });
}
