import type { ValidationOptions } from 'class-validator';
import { durationForm, durationPattern } from '#contracts';
import { customRule } from '../http/custom-rule.ts';

/** A written duration, such as `5s`. */
export function IsDuration(options?: ValidationOptions): PropertyDecorator {
  const fault = (value: unknown): string | undefined =>
    typeof value === 'string' && durationPattern.test(value) ? undefined : `must be ${durationForm}`;
  return customRule({ name: 'duration', fault, schema: { pattern: durationPattern.source } }, options);
}
