import { describe, expect, it } from '@jest/globals';
import { ApiProblem, ServerAway } from '../api/problem.ts';
import { fieldErrorsOf } from './field-errors.ts';

const problemWith = (...errors: { field: string; message: string }[]): ApiProblem =>
  new ApiProblem({ type: 'urn:provisor:problem:invalid-input', title: 'Bad Request', status: 400, errors });

describe('the errors of fields', () => {
  it('stand under the paths that forms have', () => {
    const problem = problemWith(
      { field: 'name', message: 'must not be empty' },
      { field: 'retry.schedule[1]', message: 'must be a duration' },
      { field: 'name', message: 'must be a text' },
    );
    expect(fieldErrorsOf(problem)).toEqual({
      name: 'must not be empty; must be a text',
      'retry.schedule.1': 'must be a duration',
    });
  });

  it.each([
    ['no fields', problemWith()],
    ['the body as a whole', problemWith({ field: '', message: 'is too large' })],
    ['no answer', new ServerAway()],
  ])('are none for %s', (_, problem) => {
    expect(fieldErrorsOf(problem)).toBeUndefined();
  });
});
