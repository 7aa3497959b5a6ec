import { handlerFields } from '#contracts';
import { ruleFault } from '#outcomes';
import { customRule } from '../../http/custom-rule.ts';
import { expressionTextFault } from './expression-text.ts';

/** What an answer must be for a rule to decide about it, in CEL. */
export function IsAnswerRule(): PropertyDecorator {
  return customRule({ name: 'answerRule', fault, schema: { maxLength: handlerFields.condition.length.max } });
}

function fault(value: unknown): string | undefined {
  const inText = expressionTextFault(value);
  if (inText !== undefined) return inText;
  const inCel = ruleFault(value as string);
  return inCel && `must be true or false, in CEL: ${inCel}`;
}
