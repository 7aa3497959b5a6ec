import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Registry } from 'prom-client';
import { isLocalRequest, showsMetricsKey } from '#observability';

export const METRICS_KEY = Symbol('what scrapers from other machines show');

/** For Prometheus: from this machine, or with the key for it. */
@Controller()
export class MetricsController {
  readonly #registry: Registry;
  readonly #key: string | undefined;

  constructor(registry: Registry, @Inject(METRICS_KEY) key: string | undefined) {
    this.#registry = registry;
    this.#key = key;
  }

  @Get('metrics')
  async metrics(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { headers, socket } = request;
    if (!isLocalRequest(socket.remoteAddress, headers) && !showsMetricsKey(this.#key, headers.authorization)) {
      const detail = 'metrics are for this machine, or with the METRICS_KEY as a bearer token';
      await reply
        .status(401)
        .header('www-authenticate', 'Bearer')
        .type('application/problem+json')
        .send({ type: 'urn:provisor:problem:unauthorized', title: 'Unauthorized', status: 401, detail });
      return;
    }
    await reply.type(this.#registry.contentType).send(await this.#registry.metrics());
  }
}
