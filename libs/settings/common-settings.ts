import { defaultRedactedFields } from '#redaction';
import { databaseUrl } from './database-url.ts';
import { eventTypesFile } from './event-types-file.ts';
import {
  atLeast,
  duration,
  list,
  oneOf,
  publicUrl,
  redactedFields,
  text,
  uriReference,
  wholeNumber,
} from './parsers.ts';
import { secretKey } from './secret-key.ts';
import { searchFields } from './search-fields.ts';
import { named } from './setting.ts';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What both services read, but for the broker. */
export const common = named({
  DATABASE_URL: {
    about:
      'Database login of the service ([database](database.md)). The files that it names for TLS must exist at the start.',
    parse: databaseUrl,
    example: 'postgres://user:password@host:5432/provisor',
    secret: true,
  },
  HOST: { about: 'Network address that the service listens on.', parse: text, default: '127.0.0.1' },
  LOG_LEVEL: { about: 'Minimum log level.', parse: oneOf(logLevels), default: 'info' },
  SHUTDOWN_TIMEOUT_MS: {
    about: 'Time for running work to finish at a stop, in milliseconds. The service then aborts it.',
    parse: wholeNumber(1, 3_600_000),
    default: '30000',
  },
  SECRETS_KEY: {
    about:
      'Keys that encrypt the secrets of handlers (`openssl rand -base64 32`). The first one encrypts, all decrypt ([secrets](secrets.md)).',
    parse: list(',', secretKey),
    unset: 'handlers cannot have secrets',
    secret: true,
  },
  REDACTED_FIELDS: {
    about: 'Names of fields whose values are shown as `***` ([redaction](redaction.md)). `none` hides nothing.',
    parse: redactedFields,
    default: defaultRedactedFields.join(','),
  },
  SEARCH_FIELDS: {
    about:
      'Fields of `data` whose values are indexed, at most 8, such as `phone,account.login` ([search](search.md)). A redacted field is refused. Registry and executors need the same value.',
    parse: searchFields,
    unset: 'no look-ups by value',
  },
  CLOUDEVENTS_SOURCE: {
    about:
      'Attribute `source` of [CloudEvents](cloudevents.md) that handlers receive, for events without their own. The registry shows it in previews.',
    parse: uriReference,
    default: '/billing',
  },
  METRICS_KEY: {
    about: 'Bearer token for `/metrics`, for scrapers on other hosts ([metrics](operations.md#metrics-and-alerts)).',
    parse: atLeast(16),
    unset: '`/metrics` answers this host only; the registry also accepts API keys',
    secret: true,
  },
  EVENT_TYPES_FILE: {
    about:
      'JSON file with [event types of your own](events.md#event-types-of-your-own). Registry and executors need the same file. Read at the start.',
    parse: eventTypesFile,
    unset: 'only the built-in event types',
  },
  NOTICE_INTERVAL: {
    about:
      'Minimum time between two [notices](notices.md) of one kind about one subject. The notice of the end comes at once.',
    parse: duration,
    default: '10m',
  },
  PUBLIC_URL: {
    about:
      'Address of the console for its users, such as `https://provisor.example.org`. Links in [notices](notices.md) begin with it.',
    parse: publicUrl,
    unset: 'links in notices are paths',
  },
});
