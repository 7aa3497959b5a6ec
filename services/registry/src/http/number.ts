import { customRule } from './custom-rule.ts';

/** A number within bounds, whole or not. */
export function IsNumberWithin({ min, max }: { readonly min: number; readonly max: number }): PropertyDecorator {
  return customRule({
    name: 'numberWithin',
    fault: (value) =>
      typeof value === 'number' && value >= min && value <= max ? undefined : `must be a number from ${min} to ${max}`,
    schema: { minimum: min, maximum: max },
  });
}
