import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateBy, ValidateIf } from 'class-validator';
import type { Rule } from './rules.ts';

/** A field of a request body that must fit a rule. With `required: false` it may be absent, but not null. */
export function Field(rule: Rule, documentation: ApiPropertyOptions = {}): PropertyDecorator {
  const decorators = [Fits(rule), ApiProperty({ ...rule.schema, ...documentation } as ApiPropertyOptions)];
  if (documentation.required === false) decorators.push(IfGiven());
  return applyDecorators(...decorators);
}

/** Checks a property by a rule. */
export function Fits(rule: Rule): PropertyDecorator {
  return ValidateBy({
    name: 'fits',
    validator: {
      validate: (value) => rule.fault(value) === undefined,
      defaultMessage: (args) => rule.fault(args?.value) ?? '',
    },
  });
}

/** Checks a property only where it is there; unlike IsOptional, null is a value and must fit. */
export function IfGiven(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** Takes the white space off both ends of a text before it is checked. */
export function Trimmed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
}
