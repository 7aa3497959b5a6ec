import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { ApiRole } from '#orm';

/** How a caller has shown who they are. */
export const callerKinds = ['api_key', 'session', 'oidc'] as const;
export type CallerKind = (typeof callerKinds)[number];

/** Who is asking. */
export interface Caller {
  readonly kind: CallerKind;
  /** Of the API key, also of a session's; of a token its subject. */
  readonly id: string;
  readonly name: string;
  readonly role: ApiRole;
  /** The address that the request came from. */
  readonly address: string;
  /** Of the session, where there is one. */
  readonly sessionId?: string;
  /** When key, session or token ends; null for never. */
  readonly expiresAt: Date | null;
}

const callers = new WeakMap<object, Caller>();

/** Remembers who makes a request, for the time that it takes. */
export function rememberCaller(request: object, caller: Caller): void {
  callers.set(request, caller);
}

/** Gives a controller the caller; a public route has none. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callers.get(context.switchToHttp().getRequest<object>());
  if (!caller) throw new Error('a route that asks who is calling must not be for anyone');
  return caller;
});
