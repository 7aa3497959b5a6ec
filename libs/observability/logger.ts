import { pino, stdSerializers, stdTimeFunctions, type Logger } from 'pino';
import { PinoPretty } from 'pino-pretty';

export type { Logger } from 'pino';

/** Fields of log objects, and of objects in them, that are never written: what gives access. */
const secretNames: ReadonlySet<string> = new Set(['apiKey', 'password', 'secret', 'authorization']);

/**
 * The fields without what gives access. The logger's own way, by paths with wildcards, takes twice as long as all else
 * that is done for a line.
 *
 * @param deeper Whether to look into objects.
 */
function withoutSecrets(fields: Record<string, unknown>, deeper = true): Record<string, unknown> {
  let shown = fields;
  for (const [name, value] of Object.entries(fields)) {
    const safe = secretNames.has(name) ? '***' : deeper && isPlainObject(value) ? withoutSecrets(value, false) : value;
    if (safe === value) continue;
    if (shown === fields) shown = { ...fields };
    shown[name] = safe;
  }
  return shown;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** What errors may say beside their message: those of the database quote rows and parameters with it. */
const quotingFields = ['parameters', 'detail', 'where', ...secretNames];

/** An error for the log, as pino writes it, without what quotes data. */
function shownError(error: unknown): unknown {
  return error instanceof Error ? withoutQuotes(stdSerializers.err(error)) : error;
}

function withoutQuotes(shown: object): object {
  const fields = Object.entries(shown).filter(([name]) => !quotingFields.includes(name));
  return Object.fromEntries(
    fields.map(([name, value]: [string, unknown]) => [name, isSerializedError(value) ? withoutQuotes(value) : value]),
  );
}

/** An error within an error, as those of TypeORM have that of the driver. */
function isSerializedError(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'stack' in value;
}

/**
 * The service's logger: one JSON object a line, or readable lines where a person watches.
 *
 * @param service What the lines are marked with, `registry` or `executor`.
 */
export function createLogger(service: string, level: string, stream: NodeJS.WriteStream = process.stdout): Logger {
  const options = {
    level,
    base: { service },
    timestamp: stdTimeFunctions.isoTime,
    serializers: { err: shownError },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) => withoutSecrets(fields),
    },
  };
  if (!stream.isTTY) return guarded(pino(options, stream));
  const format = { colorize: true, translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname', sync: true };
  return guarded(pino(options, PinoPretty({ ...format, destination: stream })));
}

/** Sees to it that loggers which are made of it have nothing in their fields that gives access either. */
function guarded(logger: Logger): Logger {
  const child = logger.child.bind(logger) as unknown as (fields: object, options?: object) => Logger;
  return Object.assign(logger, {
    child: (fields: Record<string, unknown>, options?: object) => guarded(child(withoutSecrets(fields), options)),
  });
}
