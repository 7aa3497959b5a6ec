import { answerLimits, isJsonObject, keptNamePattern } from '#contracts';
import { customRule } from '../../http/custom-rule.ts';

/** The shape of what is kept: expressions by names. What is wrong with an expression, {@link answerFaults} says. */
export function IsKeep(): PropertyDecorator {
  const schema = {
    type: 'object',
    additionalProperties: { type: 'string' },
    maxProperties: answerLimits.keep,
  } as const;
  return customRule({ name: 'keep', fault, schema });
}

function fault(value: unknown): string | undefined {
  if (!isJsonObject(value)) return 'must be an object of expressions in CEL, by the names of the values';
  const names = Object.keys(value);
  if (names.length > answerLimits.keep) return `must have at most ${answerLimits.keep} values`;
  const bad = names.find((name) => !keptNamePattern.test(name));
  if (bad !== undefined) {
    return `${JSON.stringify(bad.slice(0, 64).toWellFormed())} must be a name of at most 40 letters, digits and underscores, and begin with no digit`;
  }
  return undefined;
}
