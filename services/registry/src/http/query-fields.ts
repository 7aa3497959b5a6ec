import { applyDecorators } from '@nestjs/common';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { parseDateTime } from './date-time.ts';
import { Described } from './described.ts';
import { IfGiven } from './fields.ts';
import { listParameter } from './openapi-parameters.ts';

// Parameters of a query string arrive as texts. Each may be left out, and a blank one counts as left out.

/** Reads a whole number; what is none stays a text, and fails the check. */
export function NumberParameter(): PropertyDecorator {
  return parameter((text) => (/^\d{1,15}$/.test(text) ? Number(text) : text));
}

/** Reads `true` and `false`; anything else stays a text, and fails the check. */
export function BooleanParameter(): PropertyDecorator {
  return parameter((text) => (text === 'true' ? true : text === 'false' ? false : text));
}

/** Reads several values, separated by commas. */
export function ListParameter(): PropertyDecorator {
  return applyDecorators(
    parameter((text) => text.split(',').map((part) => part.trim())),
    Described({ type: String, isArray: false, [listParameter]: true } as ApiPropertyOptions),
  );
}

/** Reads an RFC 3339 date-time; what is none stays a text, and fails the check. */
export function DateTimeParameter(): PropertyDecorator {
  return parameter((text) => parseDateTime(text) ?? text);
}

function parameter(read: (text: string) => unknown): PropertyDecorator {
  // Decorators may run more than once over a value; what is no longer a text has been read.
  return applyDecorators(
    IfGiven(),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? read(value) : value)),
  );
}
