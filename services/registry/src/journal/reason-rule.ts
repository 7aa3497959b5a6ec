import { customRule } from '../http/custom-rule.ts';

const reasonPattern = /^[a-z][a-z0-9_]{0,39}$/;

/** A stable code of why something went wrong or waits. Which codes there are, executors and handlers decide. */
export function IsReason(): PropertyDecorator {
  const message = 'must be a reason like http_status: 1 to 40 lower-case letters, digits and underscores';
  const fault = (value: unknown): string | undefined =>
    typeof value === 'string' && reasonPattern.test(value) ? undefined : message;
  return customRule({ name: 'reason', fault, schema: { pattern: reasonPattern.source } });
}
