import type { ValidationOptions } from 'class-validator';
import { durationForm, durationPattern, parseDuration } from '#contracts';
import { customRule } from '../http/custom-rule.ts';

/** A written duration, such as `5s`. */
export function IsDuration(options?: ValidationOptions): PropertyDecorator {
  const fault = (value: unknown): string | undefined =>
    typeof value === 'string' && durationPattern.test(value) ? undefined : `must be ${durationForm}`;
  return customRule({ name: 'duration', fault, schema: { pattern: durationPattern.source } }, options);
}

/** How long a trouble has to last, longer than nothing; null for no time. */
export function IsLasting(): PropertyDecorator {
  const fault = (value: unknown): string | undefined => {
    const isLength = value === null || (typeof value === 'string' && (parseDuration(value) ?? 0) > 0);
    return isLength ? undefined : `must be null, or ${durationForm}`;
  };
  return customRule({ name: 'lasting', fault, schema: { pattern: durationPattern.source } });
}
