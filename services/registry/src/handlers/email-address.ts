import type { ValidationOptions } from 'class-validator';
import { emailAddressFault } from '#contracts';
import { hasPlaceholders } from '#templates';
import { customRule } from '../http/custom-rule.ts';

/** The address of a mailbox, without a name; what placeholders make of it is checked when they are filled in. */
export function IsEmailAddress(options?: ValidationOptions): PropertyDecorator {
  const fault = (value: unknown): string | undefined =>
    typeof value === 'string' && hasPlaceholders(value) ? undefined : emailAddressFault(value);
  return customRule({ name: 'emailAddress', fault }, options);
}
