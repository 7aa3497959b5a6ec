import type { ValidationOptions } from 'class-validator';
import { durationPattern } from '#contracts';
import { customRule } from '../http/custom-rule.ts';

/** A written duration, such as `5s`. */
export function IsDuration(options?: ValidationOptions): PropertyDecorator {
  const fault = (value: unknown): string | undefined =>
    typeof value === 'string' && durationPattern.test(value)
      ? undefined
      : 'must be a duration like 500ms, 5s, 30m, 2h or 1d';
  return customRule({ name: 'duration', fault, schema: { pattern: durationPattern.source } }, options);
}
