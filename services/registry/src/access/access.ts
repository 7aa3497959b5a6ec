import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isLocalRequest, showsMetricsKey } from '#observability';
import type { RegistrySettings } from '#settings';
import { SETTINGS } from '../runtime/tokens.ts';
import { Forbidden } from './access-errors.ts';
import { Authentication } from './authentication.ts';
import { rememberCaller } from './caller.ts';
import { leastRoleOf, reaches } from './route-roles.ts';

/**
 * Decides whether a request is let through, by its headers alone: what its caller may not do, no byte of a body is read
 * for.
 */
@Injectable()
export class Access {
  readonly #authentication: Authentication;
  readonly #metricsKey: string | undefined;
  readonly #decided = new WeakSet<object>();

  constructor(authentication: Authentication, @Inject(SETTINGS) { metricsKey }: Pick<RegistrySettings, 'metricsKey'>) {
    this.#authentication = authentication;
    this.#metricsKey = metricsKey;
  }

  /** Decides once for each request; throws what it is refused with. */
  async decide(request: FastifyRequest): Promise<void> {
    if (this.#decided.has(request)) return;
    await this.#assertAllowed(request);
    this.#decided.add(request);
  }

  async #assertAllowed(request: FastifyRequest): Promise<void> {
    const least = leastRoleOf(request.method, request.routeOptions.url);
    if (least === 'anyone' || (least === 'local' && this.#isScraper(request))) return;
    const caller = await this.#authentication.callerOf(request);
    if (least === undefined) throw new Forbidden('the route has no role, so that every request is refused');
    if (!reaches(caller.role, least === 'local' ? 'viewer' : least))
      throw new Forbidden(`this takes the role ${least}, and you have ${caller.role}`);
    rememberCaller(request, caller);
  }

  /** Without the database: metrics are needed most while it is away. */
  #isScraper({ socket, headers }: FastifyRequest): boolean {
    return isLocalRequest(socket.remoteAddress, headers) || showsMetricsKey(this.#metricsKey, headers.authorization);
  }
}
