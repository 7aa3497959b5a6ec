import { databaseUrl } from './database-url.ts';
import { atLeast, cidr, list, port, wholeNumber } from './parsers.ts';
import { named } from './setting.ts';

/** Settings of the registry, except for the identity provider. */
export const ofRegistry = named({
  MIGRATION_DATABASE_URL: {
    about: 'Database login that owns the tables and migrates the schema ([database](database.md)).',
    parse: databaseUrl,
    unset: '`DATABASE_URL`',
    secret: true,
  },
  REGISTRY_PORT: {
    about: 'Port of the REST API, the console, `/healthz`, `/readyz` and `/metrics`. 0 chooses a free port.',
    parse: port,
    default: '3000',
  },
  BOOTSTRAP_API_KEY: {
    about: 'The first API key, with the role admin. Ignored if the registry has API keys.',
    parse: atLeast(8),
    unset: 'the first start creates a key and prints it once',
    secret: true,
  },
  DEFAULT_TIMEOUT_MS: {
    about: 'Timeout of a call, in milliseconds, for handlers without their own.',
    parse: wholeNumber(1, 3_600_000),
    default: '10000',
  },
  TRUSTED_PROXIES: {
    about: 'Addresses of proxies whose `X-Forwarded-For`, `-Host` and `-Proto` the registry trusts.',
    parse: list(',', cidr),
    unset: 'no proxy',
  },
});
