import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { BrokerConnection, reportConnection } from '#broker';
import type { Logger } from '#observability';
import { LOGGER } from './tokens.ts';

/** Tells how the connection to the broker fares, and ends it with the application. */
@Injectable()
export class BrokerLink implements OnApplicationShutdown {
  readonly #connection: BrokerConnection;

  constructor(connection: BrokerConnection, @Inject(LOGGER) logger: Logger) {
    this.#connection = connection;
    reportConnection(connection, logger);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#connection.close();
  }
}
