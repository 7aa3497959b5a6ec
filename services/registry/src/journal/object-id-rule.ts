import { identifierFault, maxIdentifierBytes } from '#contracts';
import { customRule } from '../http/custom-rule.ts';

/** An object id: a whole number, or a text. */
export function IsObjectId(): PropertyDecorator {
  const fault = (value: unknown): string | undefined => {
    if (Number.isSafeInteger(value)) return undefined;
    return typeof value === 'string' ? identifierFault(value) : 'must be a whole number or a string';
  };
  const schema = { oneOf: [{ type: 'string', maxLength: maxIdentifierBytes }, { type: 'integer' }] };
  return customRule({ name: 'objectId', fault, schema });
}
