import { identifierFault, maxIdentifierBytes } from '#contracts';
import type { ValidationOptions } from 'class-validator';
import { customRule } from '../http/custom-rule.ts';

/** An id that others gave something. */
export function IsIdentifier(): PropertyDecorator {
  return identifierRule();
}

/** A list of such ids. */
export function AreIdentifiers(): PropertyDecorator {
  return identifierRule({ each: true });
}

function identifierRule(options?: ValidationOptions): PropertyDecorator {
  const fault = (value: unknown): string | undefined =>
    typeof value === 'string' ? identifierFault(value) : 'must be a string';
  return customRule({ name: 'identifier', fault, schema: { maxLength: maxIdentifierBytes } }, options);
}
