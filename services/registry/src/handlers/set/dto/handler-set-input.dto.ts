import { ApiExtraModels, getSchemaPath, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { handlerLimits, handlerStatuses, type HandlerStatus } from '#contracts';
import { Field } from '../../../http/fields.ts';
import { listOf, oneOf, wholeNumber, type Rule } from '../../../http/rules.ts';
import { CreateHandlerInput } from '../../dto/handler-input.dto.ts';
import { isObject } from '../../dto/task.dto.ts';

/** What is archived is in no set: it is left out of one that prunes. */
const statusesInSet = handlerStatuses.filter((status) => status !== 'archived');

/** Far more than anybody has; the body may have 8 MiB. */
const mostHandlers = 10_000;

const boolean: Rule = {
  fault: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
  schema: { type: 'boolean' },
};

export class HandlerInSetInput extends OmitType(CreateHandlerInput, ['status', 'priority'] as const) {
  @Field(oneOf(statusesInSet), {
    required: false,
    description: 'Without it: as it is; of a new handler, enabled',
  })
  status?: HandlerStatus;

  @Field(wholeNumber(handlerLimits.priority), {
    required: false,
    description: 'Lower runs first. Without it: as it is; of a new handler, after the last one of its event',
  })
  priority?: number;
}

@ApiExtraModels(HandlerInSetInput)
export class HandlerSetInput {
  @Type(() => HandlerInSetInput)
  @ValidateNested({ each: true })
  @Field(listOf(isObject, { max: mostHandlers }), {
    items: { $ref: getSchemaPath(HandlerInSetInput) },
    description: 'Each is meant whole: what is left out of one has its default. Their names say which is which',
  })
  handlers!: HandlerInSetInput[];

  @Field(boolean, { required: false, default: false, description: 'Archive every handler that is not in the set' })
  prune?: boolean;
}
