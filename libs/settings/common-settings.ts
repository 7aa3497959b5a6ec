import { defaultRedactedFields } from '#redaction';
import { databaseUrl } from './database-url.ts';
import { eventTypesFile } from './event-types-file.ts';
import { atLeast, list, oneOf, redactedFields, text, wholeNumber } from './parsers.ts';
import { secretKey } from './secret-key.ts';
import { named } from './setting.ts';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What both services read, but for the broker. */
export const common = named({
  DATABASE_URL: {
    about:
      'The login of the service ([the database](database.md)). Files that it names for TLS are looked for at the start.',
    parse: databaseUrl,
    example: 'postgres://user:password@host:5432/provisor',
    secret: true,
  },
  HOST: { about: 'Address to listen on.', parse: text, default: '127.0.0.1' },
  LOG_LEVEL: { about: 'What is not less grave than this is logged.', parse: oneOf(logLevels), default: 'info' },
  SHUTDOWN_TIMEOUT_MS: {
    about: 'Milliseconds that a stop may take before what still runs is aborted.',
    parse: wholeNumber(1, 3_600_000),
    default: '30000',
  },
  SECRETS_KEY: {
    about:
      'What the secrets of handlers are sealed with (`openssl rand -base64 32`): the first seals, all open ([secrets](secrets.md)).',
    parse: list(',', secretKey),
    unset: 'no handler can have a secret',
    secret: true,
  },
  REDACTED_FIELDS: {
    about: 'Names of fields whose values are shown as `***` ([redaction](redaction.md)). `none`: nothing is hidden.',
    parse: redactedFields,
    default: defaultRedactedFields.join(','),
  },
  METRICS_KEY: {
    about:
      'What scrapers on other machines show for `/metrics`, as a bearer token ([metrics](operations.md#metrics-and-alerts)).',
    parse: atLeast(16),
    unset: 'metrics are for this machine, and of the registry for API keys',
    secret: true,
  },
  EVENT_TYPES_FILE: {
    about:
      '[Event types of your own](events.md#event-types-of-your-own). Registry and executors need the same file; it is read at the start.',
    parse: eventTypesFile,
    unset: 'those of the billing system',
  },
});
