import { OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { handlerFields, handlerStatuses, type HandlerStatus } from '#contracts';
import { IfGiven } from '../../../http/fields.ts';
import { TargetInSetInput } from '../../../targets/dto/target-set.dto.ts';
import { CreateHandlerInput } from '../../dto/handler-input.dto.ts';

/** What is archived is in no set: it is left out of one that prunes. */
const statusesInSet = handlerStatuses.filter((status) => status !== 'archived');

/** More than any installation has; the body may have 8 MiB. */
const mostHandlers = 10_000;
const mostTargets = 1_000;

export class HandlerInSetInput extends OmitType(CreateHandlerInput, ['status', 'priority'] as const) {
  /** Without it: as it is; of a new handler, enabled */
  @IfGiven()
  @IsIn(statusesInSet)
  status?: HandlerStatus;

  /** Lower runs first. Without it: as it is; of a new handler, after the last one of its event */
  @IfGiven()
  @IsInt()
  @Min(handlerFields.priority.range.min)
  @Max(handlerFields.priority.range.max)
  priority?: number;
}

export class HandlerSetInput {
  /** Complete handlers, matched by name; a field that is left out gets its default */
  @IsArray()
  @ArrayMaxSize(mostHandlers)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => HandlerInSetInput)
  handlers!: HandlerInSetInput[];

  /** Complete targets, matched by name, which handlers of the set name; without this field targets stay as they are */
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(mostTargets)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => TargetInSetInput)
  targets?: TargetInSetInput[];

  /** Archive every handler that is not in the set, and delete every target where `targets` is given */
  @IfGiven({ default: false })
  @IsBoolean()
  prune?: boolean;
}
