import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Access } from './access.ts';

/**
 * Lets no request reach a controller for which {@link Access} has not decided: on a route that the table has not, it
 * decides here.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  readonly #access: Access;

  constructor(access: Access) {
    this.#access = access;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    await this.#access.decide(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }
}
