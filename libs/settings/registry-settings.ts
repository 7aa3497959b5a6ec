import { databaseUrl } from './database-url.ts';
import { atLeast, cidr, list, port, wholeNumber } from './parsers.ts';
import { named } from './setting.ts';

/** What the registry alone reads, but for the identity provider. */
export const ofRegistry = named({
  MIGRATION_DATABASE_URL: {
    about: 'The login that owns the tables, and brings the schema up to date ([the database](database.md)).',
    parse: databaseUrl,
    unset: 'as `DATABASE_URL`',
    secret: true,
  },
  REGISTRY_PORT: {
    about: 'Where REST, the console, `/healthz`, `/readyz` and `/metrics` are; 0: any port that is free.',
    parse: port,
    default: '3000',
  },
  BOOTSTRAP_API_KEY: {
    about: "The first API key, an admin's. Where there are keys already it is not used.",
    parse: atLeast(8),
    unset: 'a key is made at the first start, and printed once',
    secret: true,
  },
  DEFAULT_TIMEOUT_MS: {
    about: 'Milliseconds that one attempt of a handler may take, where the handler does not say.',
    parse: wholeNumber(1, 3_600_000),
    default: '10000',
  },
  TRUSTED_PROXIES: {
    about: 'Whose `X-Forwarded-For`, `-Host` and `-Proto` are believed.',
    parse: list(',', cidr),
    unset: "nobody's",
  },
});
