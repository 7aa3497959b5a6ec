import { ApiProblem } from '../../../api/problem.ts';
import type { FieldErrorView } from '#contracts/rest-api';

/** The name that the event has in the body of a test. */
const inBody = /^event(\.|$)/;

/**
 * What the registry finds wrong with the event of a test, with its fields as they stand in the event.
 *
 * @returns undefined when the problem is another one.
 */
export function eventFaults(problem: unknown): FieldErrorView[] | undefined {
  if (!(problem instanceof ApiProblem) || problem.fields.length === 0) return undefined;
  return problem.fields.map(({ field, message }) => ({ field: field.replace(inBody, ''), message }));
}
