import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Forbidden } from './access-errors.ts';
import { Authentication } from './authentication.ts';
import { isLocalRequest } from '#observability';
import { rememberCaller } from './caller.ts';
import { leastRoleOf, reaches } from './route-roles.ts';

/** Lets a request through when the table of routes lets its caller. */
@Injectable()
export class AccessGuard implements CanActivate {
  readonly #authentication: Authentication;

  constructor(authentication: Authentication) {
    this.#authentication = authentication;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const least = leastRoleOf(request.method, request.routeOptions.url);
    if (least === 'anyone' || (least === 'local' && isLocalRequest(request.socket.remoteAddress, request.headers)))
      return true;
    const caller = await this.#authentication.callerOf(request);
    if (least === undefined) throw new Forbidden('nobody may do this: the route has no role yet');
    if (!reaches(caller.role, least === 'local' ? 'viewer' : least))
      throw new Forbidden(`this takes the role ${least}, and you have ${caller.role}`);
    rememberCaller(request, caller);
    return true;
  }
}
