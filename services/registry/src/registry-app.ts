import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DatabaseClock } from '#database';
import { Lifecycle } from '#lifecycle';
import { createMetrics, NestLogger, observeSkew, openTracing, type Logger, type Tracing } from '#observability';
import type { RegistrySettings } from '#settings';
import { Access } from './access/access.ts';
import { builtConsole, serveConsole } from './console/serve-console.ts';
import { boundLoad } from './http/bounded-load.ts';
import { compressAnswers } from './http/compression.ts';
import { createHttpAdapter } from './http/http-adapter.ts';
import { serveApiDescription } from './http/openapi.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { logRequests } from './http/request-log.ts';
import { traceRequests } from './http/request-traces.ts';
import { sendSecurityHeaders } from './http/security-headers.ts';
import { measureRequests } from './metrics/registry-metrics.ts';
import { registryParts, type RegistryMaterial } from './registry-parts.ts';
import { RegistryModule } from './registry.module.ts';

/** A whole registry. */
export class RegistryApp {
  /** NestJS' application. */
  readonly nest: NestFastifyApplication;
  readonly #settings: RegistrySettings;
  readonly #lifecycle: Lifecycle;

  /**
   * Builds the registry, connected to the database and ready to listen.
   *
   * @param consoleFolder Where the built console is.
   */
  static async create(settings: RegistrySettings, logger: Logger, consoleFolder = builtConsole): Promise<RegistryApp> {
    const tracing = await openTracing(settings.tracing, { service: 'registry', id: randomUUID() }, logger);
    const app = await createApplication(settings, logger, tracing, consoleFolder);
    return new RegistryApp({ app, settings, logger, tracing });
  }

  private constructor(material: RegistryMaterial) {
    this.nest = material.app;
    this.#settings = material.settings;
    this.#lifecycle = new Lifecycle(registryParts(material), material.logger);
  }

  /** Resolves when requests are taken. */
  start(): Promise<void> {
    return this.#lifecycle.start();
  }

  /** Takes no more requests, answers those that it has, and closes everything. */
  stop(): Promise<void> {
    return this.#lifecycle.stop(this.#settings.shutdownTimeoutMs);
  }

  /** What has not stopped yet, by name. */
  get pending(): readonly string[] {
    return this.#lifecycle.pending;
  }
}

async function createApplication(
  settings: RegistrySettings,
  logger: Logger,
  tracing: Tracing | undefined,
  consoleFolder: string,
): Promise<NestFastifyApplication> {
  const adapter = createHttpAdapter(settings.trustedProxies);
  const metrics = createMetrics();
  logRequests(adapter, logger);
  measureRequests(adapter, metrics);
  if (tracing) traceRequests(adapter, tracing.tracer);
  sendSecurityHeaders(adapter);
  compressAnswers(adapter);
  await serveConsole(adapter, consoleFolder);
  const app = await NestFactory.create<NestFastifyApplication>(
    RegistryModule.with(settings, logger, metrics, tracing),
    adapter,
    {
      logger: new NestLogger(logger),
      // Bodies are read by the adapter's own parser.
      bodyParser: false,
      // The caller decides what a failed start means.
      abortOnError: false,
      forceCloseConnections: false,
    },
  );
  const access = app.get(Access, { strict: false });
  const problems = app.get(ProblemFilter);
  boundLoad(adapter, {
    decide: (request) => access.decide(request),
    refuse: (error, reply) => problems.answer(error, reply),
  });
  serveApiDescription(app);
  const clock = app.get(DatabaseClock, { strict: false });
  observeSkew(metrics, () => clock.skewMs);
  return app;
}
