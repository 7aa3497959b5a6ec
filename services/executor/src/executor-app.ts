import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestLogger, type Logger } from '#observability';
import type { ExecutorSettings } from '#settings';
import { CatalogKeeper } from './catalog/catalog-keeper.ts';
import { ConfigServer } from './catalog/config-server.ts';
import { CommandServer } from './commands/command-server.ts';
import { HandlerTrial } from './commands/handler-trial.ts';
import { Executor } from './executor.ts';
import { ExecutorModule } from './executor.module.ts';

/** A whole executor: the data plane, and the application that serves its health and hears the registry. */
export class ExecutorApp {
  readonly #app: NestFastifyApplication;
  readonly #settings: ExecutorSettings;
  readonly #logger: Logger;
  readonly #config: INestMicroservice;
  readonly #commands: CommandServer;
  readonly #commandListener: INestMicroservice;

  static async create(settings: ExecutorSettings, logger: Logger): Promise<ExecutorApp> {
    const module = await ExecutorModule.create(settings, logger);
    const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
      logger: new NestLogger(logger),
    });
    return new ExecutorApp(app, settings, logger);
  }

  private constructor(app: NestFastifyApplication, settings: ExecutorSettings, logger: Logger) {
    this.#app = app;
    this.#settings = settings;
    this.#logger = logger;
    this.#config = app.connectMicroservice({ strategy: new ConfigServer(settings.broker, logger) });
    this.#commands = new CommandServer(settings.broker, logger);
    this.#commandListener = app.connectMicroservice({ strategy: this.#commands });
    // What was said while nobody listened is made good by looking.
    this.#config.status.subscribe((status) => {
      if (status === 'connected') app.get(CatalogKeeper).refresh();
    });
  }

  /** Serves health at once; resolves when events are taken, which may have to wait for database and broker. */
  async start(): Promise<void> {
    await this.#app.listen(this.#settings.port, this.#settings.host);
    this.#logger.info({ url: await this.url() }, 'health is served');
    await Promise.all([this.#startWork(), this.#config.listen()]);
  }

  /** Drains and closes everything. */
  async stop(): Promise<void> {
    this.#app.get(HandlerTrial).stop();
    // Side by side: a broker that does not answer must not take time from what runs.
    await Promise.all([this.#commands.close(), this.#app.get(Executor).stop()]);
    await this.#app.close();
  }

  /** Where health is served. */
  url(): Promise<string> {
    return this.#app.getUrl();
  }

  async #startWork(): Promise<void> {
    await this.#app.get(Executor).start();
    await this.#commandListener.listen();
  }
}
