import { ApiProblem } from '../api/problem.ts';

/**
 * What the registry finds wrong with an input, for `form.setErrors`: by the path of each field, `retry.schedule.0`.
 *
 * @returns undefined when the problem is not one of fields, and is to be shown as a whole.
 */
export function fieldErrorsOf(problem: unknown): Record<string, string> | undefined {
  if (!(problem instanceof ApiProblem) || problem.fields.length === 0) return undefined;
  if (problem.fields.some(({ field }) => field === '')) return undefined;
  const errors: Record<string, string> = {};
  for (const { field, message } of problem.fields) {
    const path = field.replaceAll(/\[(\d+)\]/g, '.$1');
    errors[path] = errors[path] === undefined ? message : `${errors[path]}; ${message}`;
  }
  return errors;
}
