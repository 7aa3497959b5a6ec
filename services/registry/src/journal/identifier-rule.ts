import { identifierFault, maxIdentifierBytes } from '#contracts';
import { customRule } from '../http/custom-rule.ts';

/** An id that others gave something. */
export function IsIdentifier(): PropertyDecorator {
  const fault = (value: unknown): string | undefined =>
    typeof value === 'string' ? identifierFault(value) : 'must be a string';
  return customRule({ name: 'identifier', fault, schema: { maxLength: maxIdentifierBytes } });
}
