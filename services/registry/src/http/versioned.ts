import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { ifMatch, isKnownVersion, type VersionCondition } from './version-condition.ts';

/** Gives a controller the condition of `If-Match`, and describes the header. */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): VersionCondition => ifMatch(headerOf(context, 'if-match')),
  [described('If-Match', 'ETag of the version to change')],
);

/** Gives a controller what `If-None-Match` says: true for the version that the caller has. Describes the header. */
export const IfNoneMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): VersionCondition => {
    const header = headerOf(context, 'if-none-match');
    return (version) => isKnownVersion(header, version);
  },
  [described('If-None-Match', 'ETag of the version that you have')],
);

function headerOf(context: ExecutionContext, name: string): string | undefined {
  return context.switchToHttp().getRequest<{ headers: Record<string, string | undefined> }>().headers[name];
}

/** What @nestjs/swagger offers for methods only, for the method of a parameter. */
function described(name: string, description: string): ParameterDecorator {
  return (target, method) => {
    const descriptor = Object.getOwnPropertyDescriptor(target, method!)!;
    ApiHeader({ name, required: false, description })(target, method!, descriptor);
  };
}
