import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createMetrics, NestLogger, openTracing, type Logger } from '#observability';
import type { RegistrySettings } from '#settings';
import { builtConsole, serveConsole } from './console/serve-console.ts';
import { compressAnswers } from './http/compression.ts';
import { createHttpAdapter } from './http/http-adapter.ts';
import { serveApiDescription } from './http/openapi.ts';
import { logRequests } from './http/request-log.ts';
import { traceRequests } from './http/request-traces.ts';
import { sendSecurityHeaders } from './http/security-headers.ts';
import { measureRequests } from './metrics/registry-metrics.ts';
import { RegistryModule } from './registry.module.ts';

/**
 * Builds the registry, connected to the database and ready to listen.
 *
 * @param consoleFolder Where the built console is.
 */
export async function createRegistry(
  settings: RegistrySettings,
  logger: Logger,
  consoleFolder = builtConsole,
): Promise<NestFastifyApplication> {
  const adapter = createHttpAdapter(settings.trustedProxies);
  const metrics = createMetrics();
  const tracing = await openTracing(settings.tracing, { service: 'registry', id: randomUUID() }, logger);
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
      // Whoever starts this decides what a failed start means.
      abortOnError: false,
      forceCloseConnections: false,
    },
  );
  serveApiDescription(app);
  return app;
}
