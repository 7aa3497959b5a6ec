import { applyDecorators } from '@nestjs/common';
import { IsIn, IsInt, IsString, Max, Min } from 'class-validator';
import { handlerFields, type FieldTraits, type HandlerField } from '#contracts';
import { Described } from '../http/described.ts';
import { IfGiven } from '../http/fields.ts';
import { Length } from '../http/text.ts';

/**
 * What `#contracts` says of a field of handlers, as rules for a request and as its description in OpenAPI. Rules that
 * only this field has stand beside it.
 */
export function RulesOf(field: HandlerField): PropertyDecorator {
  const {
    isRequired,
    description,
    example,
    default: missing,
    hasOwnRule,
    ...rules
  }: FieldTraits = handlerFields[field];
  return applyDecorators(
    ...(isRequired ? [] : [IfGiven()]),
    Described({
      ...(description !== undefined && { description }),
      ...(example !== undefined && { example }),
      ...(missing !== undefined && { default: missing }),
    }),
    ...(hasOwnRule ? [] : rulesIn(rules)),
  );
}

function rulesIn({ choices, range, length }: FieldTraits): PropertyDecorator[] {
  const rules: PropertyDecorator[] = [];
  if (choices) rules.push(IsIn(choices), Described({ enum: [...choices] as string[] }));
  if (range) {
    const { min, max } = range;
    rules.push(IsInt(), Min(min), Max(max), Described({ minimum: min, maximum: max }));
  }
  if (length) {
    const { min, max } = length;
    rules.push(IsString(), Length(min, max), Described({ ...(min > 0 && { minLength: min }), maxLength: max }));
  }
  return rules;
}
