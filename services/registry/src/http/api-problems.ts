import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemView } from './problem.dto.ts';
import { problemType } from './problem.filter.ts';

const meanings: Record<number, string> = {
  400: 'An input does not fit; `errors` names every field',
  401: 'No API key, or one that opens nothing',
  403: 'The role does not reach, or a page of another host made the request',
  404: 'Not found',
  409: 'It is at odds with what is there; `type` says how',
  412: 'It was changed since it was read',
  413: 'The body is too large',
  415: 'The body is of a type that is not taken',
  429: 'Too many wrong keys came from this address; see Retry-After',
  503: 'RabbitMQ, PostgreSQL or an executor that is needed cannot be reached',
};

/** Documents the errors that a route may answer with. */
export function ApiProblems(...statuses: number[]): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiExtraModels(ProblemView),
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: meanings[status] ?? 'Error',
        content: { [problemType]: { schema: { $ref: getSchemaPath(ProblemView) } } },
      }),
    ),
  );
}
