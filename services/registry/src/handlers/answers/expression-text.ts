import { handlerFields } from '#contracts';
import { lengthFault, plainTextFault } from '../../http/text.ts';

const { min, max } = handlerFields.condition.length;

/** What is wrong with a value as the text of an expression, before it is compiled; undefined when it may be one. */
export function expressionTextFault(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must be a string';
  return plainTextFault(value) ?? lengthFault(value, min, max);
}
