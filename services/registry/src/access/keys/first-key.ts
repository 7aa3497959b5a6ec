import { Inject, Injectable } from '@nestjs/common';
import type { RegistrySettings } from '#settings';
import { SETTINGS } from '../../runtime/tokens.ts';
import { ApiKeys } from './api-keys.service.ts';

/** Gives the first administrator a way in, when the registry starts. */
@Injectable()
export class FirstKey {
  readonly #keys: ApiKeys;
  readonly #settings: RegistrySettings;

  constructor(keys: ApiKeys, @Inject(SETTINGS) settings: RegistrySettings) {
    this.#keys = keys;
    this.#settings = settings;
  }

  async ensure(): Promise<void> {
    const made = await this.#keys.ensureFirst(this.#settings.bootstrapApiKey);
    // Printed once for the user at the terminal; not logged, because logs are kept and shipped.
    if (made !== undefined) process.stdout.write(`\nAPI key (shown once, keep it): ${made}\n\n`);
  }
}
