import { ApiProblem } from '../../../api/problem.ts';
import type { EventFault } from './EventEditor.tsx';
import { placeOf } from './json-place.ts';

/** The name that the event has in the body of a test. */
const inBody = /^event\.?/;

/**
 * What the registry finds wrong with the event of a test, each with its place in the text.
 *
 * @returns undefined when the problem is another one.
 */
export function eventFaults(problem: unknown, text: string): EventFault[] | undefined {
  if (!(problem instanceof ApiProblem) || problem.fields.length === 0) return undefined;
  return problem.fields.map(({ field, message }) => {
    const path = field.replace(inBody, '');
    return { message: `${path} ${message}`.trim(), offset: path === '' ? undefined : placeOf(text, path) };
  });
}
