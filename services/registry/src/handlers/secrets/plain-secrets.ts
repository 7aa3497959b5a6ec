import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { HandlerEntity } from '#database';
import type { Logger } from '#observability';
import { SecretBox } from '#secrets';
import { LOGGER } from '../../runtime/tokens.ts';
import { resealHandlers } from './reseal-handlers.ts';
import { plainHeaders, sealPlain } from './resealing.ts';

/** Seals, when the registry starts, secret headers that an earlier version or a start without a key has left in plain text. */
@Injectable()
export class PlainSecrets implements OnApplicationBootstrap {
  readonly #dataSource: DataSource;
  readonly #box: SecretBox;
  readonly #logger: Logger;

  constructor(dataSource: DataSource, box: SecretBox, @Inject(LOGGER) logger: Logger) {
    this.#dataSource = dataSource;
    this.#box = box;
    this.#logger = logger;
  }

  async onApplicationBootstrap(): Promise<void> {
    // Mostly there are none, and nobody is to wait for a lock then.
    const all = await this.#dataSource.manager.find(HandlerEntity, { select: { id: true, name: true, task: true } });
    const handlers = all.filter((row) => plainHeaders(row).length > 0).map(({ id, name }) => ({ id, name }));
    if (handlers.length === 0) return;
    if (this.#box.keyId === undefined) {
      this.#logger.warn({ handlers }, 'secret headers of handlers lie in the database in plain text: set SECRETS_KEY');
      return;
    }
    const { first } = await resealHandlers(this.#dataSource, (row) => sealPlain(row, this.#box));
    this.#logger.info({ handlers, secrets: first }, 'secret headers that lay in plain text are sealed');
  }
}
