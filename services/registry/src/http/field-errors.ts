import type { ValidationError } from 'class-validator';
import type { FieldError } from '#contracts';

/** What class-validator found, as a flat list with the path of each field. */
export function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const field = parent === '' ? property : `${parent}.${property}`;
    const own = Object.entries(constraints).map(([name, message]) => ({ field, message: reword(name, message) }));
    return [...own, ...fieldErrors(children, field)];
  });
}

function reword(constraint: string, message: string): string {
  return constraint === 'whitelistValidation' ? 'is not known here' : message;
}
