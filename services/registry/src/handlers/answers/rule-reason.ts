import { ownReasons, reasonPattern } from '#contracts';
import { customRule } from '../../http/custom-rule.ts';

/** The word that a rule gives for its outcome. Those that say something of Provisor itself are not for rules. */
export function IsRuleReason(): PropertyDecorator {
  return customRule({ name: 'ruleReason', fault, schema: { pattern: reasonPattern.source } });
}

function fault(value: unknown): string | undefined {
  if (typeof value !== 'string' || !reasonPattern.test(value)) {
    return 'must be a word like already_exists: 1 to 40 lower-case letters, digits and underscores';
  }
  return (ownReasons as readonly string[]).includes(value)
    ? 'must be a word of your own: Provisor gives this one for faults that no answer shows'
    : undefined;
}
