import { identifierFault, maxIdentifierBytes } from '#contracts';
import type { Rule } from '../http/rules.ts';

/** An id that others gave something. */
export const identifier: Rule = {
  fault: (value) => (typeof value === 'string' ? identifierFault(value) : 'must be a string'),
  schema: { type: 'string', maxLength: maxIdentifierBytes },
};
