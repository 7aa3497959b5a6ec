import { pino, stdSerializers, stdTimeFunctions, type Logger } from 'pino';
import { PinoPretty } from 'pino-pretty';

export type { Logger } from 'pino';

/** Paths of log objects that are never written: what gives access. */
const secretNames = ['apiKey', 'password', 'secret', 'authorization'];
const secretPaths = secretNames.flatMap((name) => [name, `*.${name}`]);

/** What errors of the database say beside their message: with it they quote rows and parameters. */
const quotingFields = ['parameters', 'detail', 'where'];

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
    redact: secretPaths,
    serializers: { err: shownError },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  if (!stream.isTTY) return pino(options, stream);
  const format = { colorize: true, translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname', sync: true };
  return pino(options, PinoPretty({ ...format, destination: stream }));
}
