import { IsBoolean, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { ApiProperty, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import type { AttemptResponse } from '#contracts';
import { EventInput } from '../../events/dto/event-input.dto.ts';
import { IfGiven } from '../../http/fields.ts';
import { AnyObject } from '../../http/formats.ts';
import { CreateHandlerInput } from '../dto/handler-input.dto.ts';
import { IsAttemptResponse } from './attempt-response-rule.ts';

/** What of a handler decides about its requests and answers. */
export class DraftHandlerInput extends PickType(CreateHandlerInput, ['event', 'task', 'format', 'outcomes', 'keep']) {}

/** An answer to try rules on. */
export class DraftAnswerInput {
  /** As the journal shows it: with `http`, or with `script` */
  @IsAttemptResponse()
  @AnyObject({ example: { http: { status: 409, headers: {}, body: '', truncated: false } } })
  response!: AttemptResponse;

  /** Number of the attempt, from 1 */
  @IfGiven({ default: 1 })
  @IsInt()
  @Min(1)
  @Max(1_000)
  attempt?: number;

  /** Whether an earlier attempt may have arrived */
  @IfGiven({ default: false })
  @IsBoolean()
  maybe?: boolean;
}

export class DraftPreviewInput {
  @IsObject()
  @ValidateNested()
  @Type(() => DraftHandlerInput)
  handler!: DraftHandlerInput;

  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => DraftAnswerInput)
  answer?: DraftAnswerInput;
}

/** Documentation only: the event is read from the bytes of the request. */
export class DraftPreviewBody extends DraftPreviewInput {
  /** Without it: the sample of the event type */
  @ApiProperty({ required: false })
  event?: EventInput;
}
