import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Lifecycle, type Part } from '#lifecycle';
import { NestLogger, type Logger } from '#observability';
import type { ExecutorSettings } from '#settings';
import { LiveCatalog } from './control/catalog/live-catalog.ts';
import { createCatalogNews } from './control/catalog/catalog-listener.ts';
import { createCommandServer } from './control/commands/commands.controller.ts';
import { HandlerTest } from './control/commands/handler-test.ts';
import { EXECUTOR_PARTS, executorParts } from './executor.ts';
import { ExecutorModule, type HangTimes } from './executor.module.ts';

/** No client sends a body here, and only monitoring connects. */
const httpLimits = {
  bodyLimit: 1_024,
  requestTimeout: 10_000,
  http: { headersTimeout: 10_000, requestTimeout: 10_000, connectionsCheckingInterval: 2_500 },
};

const mostConnections = 500;

/** How long the stop of what a broker or a scraper may hold up is waited for, milliseconds. */
const stopMs = 10_000;

/** A whole executor: the data plane, and the application that serves its health and hears the registry. */
export class ExecutorApp {
  readonly #app: NestFastifyApplication;
  readonly #settings: ExecutorSettings;
  readonly #logger: Logger;
  readonly #lifecycle: Lifecycle;

  /** @param times How soon something counts as hanging; the usual times unless given. */
  static async create(settings: ExecutorSettings, logger: Logger, times: HangTimes = {}): Promise<ExecutorApp> {
    const module = await ExecutorModule.create(settings, logger, times);
    const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(httpLimits), {
      logger: new NestLogger(logger),
    });
    return new ExecutorApp(app, settings, logger);
  }

  private constructor(app: NestFastifyApplication, settings: ExecutorSettings, logger: Logger) {
    this.#app = app;
    this.#settings = settings;
    this.#logger = logger;
    const hearing = [this.#catalogNews(), this.#commands()];
    this.#lifecycle = new Lifecycle([this.#health(), ...executorParts(app.get(EXECUTOR_PARTS), hearing)], logger);
  }

  /** Serves health at once; resolves when events are taken, which may have to wait for database and broker. */
  start(): Promise<void> {
    return this.#lifecycle.start();
  }

  /** Takes no more events, finishes those it has, and leaves nothing open. */
  stop(): Promise<void> {
    return this.#lifecycle.stop(this.#settings.shutdownTimeoutMs);
  }

  /** What has not stopped yet, by name. */
  get pending(): readonly string[] {
    return this.#lifecycle.pending;
  }

  /** URL of health and metrics. */
  url(): Promise<string> {
    return this.#app.getUrl();
  }

  #health(): Part {
    const { port, host } = this.#settings;
    return {
      name: 'health',
      stopMs,
      start: async () => {
        this.#app.getHttpServer().maxConnections = mostConnections;
        await this.#app.listen(port, host);
        this.#logger.info({ url: await this.url() }, 'serving health and metrics');
      },
      stop: () => this.#app.close(),
    };
  }

  #catalogNews(): Part {
    const server = createCatalogNews(this.#settings.broker, this.#logger);
    const listener = this.#app.connectMicroservice({ strategy: server });
    // It may have missed changes while it did not listen: it looks for them.
    listener.status.subscribe((status) => {
      if (status === 'connected') this.#app.get(LiveCatalog).refresh();
    });
    return { name: 'news of the catalog', stopMs, start: () => listener.listen(), stop: () => server.close() };
  }

  #commands(): Part {
    const server = createCommandServer(this.#settings.broker, this.#logger);
    const listener = this.#app.connectMicroservice({ strategy: server });
    return {
      name: 'commands',
      stopMs,
      start: () => listener.listen(),
      stop: () => {
        this.#app.get(HandlerTest).stop();
        return server.close();
      },
    };
  }
}
