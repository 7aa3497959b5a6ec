import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Unauthenticated } from './access-errors.ts';
import { bearerToken } from './api-key.ts';
import { ApiKeys } from './api-keys.service.ts';
import { publicRoute } from './public.ts';

interface Request {
  headers: { authorization?: string };
}

/** Lets nobody in without a key, unless a route says that it is public. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  readonly #reflector: Reflector;
  readonly #keys: ApiKeys;

  constructor(reflector: Reflector, keys: ApiKeys) {
    this.#reflector = reflector;
    this.#keys = keys;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = [context.getHandler(), context.getClass()];
    if (this.#reflector.getAllAndOverride<boolean | undefined>(publicRoute, route)) return true;
    const key = bearerToken(context.switchToHttp().getRequest<Request>().headers.authorization);
    if (key === undefined) throw new Unauthenticated('send an API key: Authorization: Bearer <key>');
    if (!(await this.#keys.find(key))) throw new Unauthenticated('the API key is not known');
    return true;
  }
}
