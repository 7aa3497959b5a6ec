import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { dateTime, dateTimeFault, parseDateTime } from './date-time.ts';
import { Fits, IfGiven } from './fields.ts';
import { wholeNumber, type Range, type Rule } from './rules.ts';

/** A parameter of a query string; every one may be left out, and a blank one counts as left out. */
export function Parameter(rule: Rule, description: string): PropertyDecorator {
  return parameter(rule, description);
}

/** A parameter that is a whole number. */
export function NumberParameter(range: Range, defaultValue: number, description: string): PropertyDecorator {
  return parameter(wholeNumber(range), description, { default: defaultValue }, (value) =>
    /^\d{1,15}$/.test(value) ? Number(value) : value,
  );
}

/** A parameter that takes several values, separated by commas, of which any may match. */
export function ListParameter(item: Rule, description: string): PropertyDecorator {
  const rule: Rule = {
    fault: (value) => (value as string[]).map(item.fault).find((fault) => fault !== undefined),
    schema: { type: 'string' },
  };
  const schema = item.schema as { enum?: unknown[] };
  const choices = schema.enum ? `: ${schema.enum.join(', ')}` : '';
  return parameter(rule, `${description}${choices}. Several, separated by commas`, {}, (value) =>
    value.split(',').map((part) => part.trim()),
  );
}

/** A parameter that is an RFC 3339 date-time. */
export function DateTimeParameter(description: string): PropertyDecorator {
  const rule: Rule = {
    fault: (value) => (value instanceof Date ? undefined : dateTimeFault),
    schema: dateTime.schema,
  };
  return parameter(rule, description, {}, (value) => parseDateTime(value) ?? value);
}

function parameter(
  rule: Rule,
  description: string,
  documentation: ApiPropertyOptions = {},
  read?: (text: string) => unknown,
): PropertyDecorator {
  const decorators = [
    Fits(rule),
    IfGiven(),
    ApiProperty({ ...rule.schema, ...documentation, description, required: false } as ApiPropertyOptions),
  ];
  if (read) {
    // Decorators may run more than once over a value; what is no longer a text has been read.
    decorators.push(Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? read(value) : value)));
  }
  return applyDecorators(...decorators);
}
