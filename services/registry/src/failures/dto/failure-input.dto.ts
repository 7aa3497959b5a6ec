import { IntersectionType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsUUID,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IfGiven, Trimmed } from '../../http/fields.ts';
import { Integer, OneOf } from '../../http/formats.ts';
import { MayBeAbsent } from '../../http/optional-body.ts';
import { IsOneLine, Length } from '../../http/text.ts';
import { NoteInput, OperationInput } from '../../operations/dto/operation-input.dto.ts';
import { FailureFilterInput, maxAssigneeLength } from './failure-filter.dto.ts';
import { decisions, type Decision } from './failure.dto.ts';

/** Which failures; exactly one of the two is required. */
export class FailureSelectionInput {
  /** These failures */
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @IsUUID('loose', { each: true })
  executionIds?: string[];

  /** All that match; `{}` means every one */
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => FailureFilterInput)
  filter?: FailureFilterInput;
}

export class FailureSettlementInput extends IntersectionType(FailureSelectionInput, NoteInput) {
  /** done_by_hand: a person did the work of the handler. ignored: the work is not needed */
  @IsIn(decisions)
  @OneOf(decisions)
  as!: Decision;
}

export class FailureReopenInput extends FailureSelectionInput {}

export class FailureAssignmentInput extends FailureSelectionInput {
  /** The person who works on them; null: not assigned */
  @ValidateIf((_, value) => value !== null)
  @Trimmed()
  @Length(1, maxAssigneeLength)
  @IsOneLine()
  assignee!: string | null;
}

export class FailureResumeInput extends IntersectionType(FailureSelectionInput, OperationInput) {}

export class FailureResumePreviewInput extends FailureSelectionInput {}

@MayBeAbsent()
export class EventResumeInput extends PickType(OperationInput, ['note'] as const) {}

export class ChangedFailuresView {
  /** Number of changed failures */
  @Integer()
  changed!: number;
}

export class FailureResumePreviewView {
  /** Open failures that would be resumed */
  @Integer()
  failures!: number;

  /** Number of their events */
  @Integer()
  events!: number;

  /** Number of their partition keys */
  @Integer()
  keys!: number;

  /** Failures whose call may have reached the target, but got no complete answer: a resume may repeat it */
  @Integer()
  maybe!: number;
}
