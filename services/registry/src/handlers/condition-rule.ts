import { handlerFields } from '#contracts';
import { conditionFault } from '#conditions';
import { customRule } from '../http/custom-rule.ts';
import { lengthFault, plainTextFault } from '../http/text.ts';

const { min, max } = handlerFields.condition.length;

/** When a handler runs, in CEL; null for always. */
export function IsCondition(): PropertyDecorator {
  return customRule({ name: 'condition', fault, schema: { maxLength: max } });
}

/** In one rule: what is too long is not compiled. */
function fault(value: unknown): string | undefined {
  if (value === null) return undefined;
  if (typeof value !== 'string') return 'must be a string, or null';
  const inText = plainTextFault(value) ?? lengthFault(value, min, max);
  if (inText !== undefined) return inText;
  const inCel = conditionFault(value);
  return inCel && `must be a condition in CEL: ${inCel}`;
}
