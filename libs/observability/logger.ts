import { pino, stdTimeFunctions, type Logger } from 'pino';
import { PinoPretty } from 'pino-pretty';

export type { Logger } from 'pino';

/** Paths of log objects that are never written: what gives access. */
const secretNames = ['apiKey', 'password', 'secret', 'authorization'];
const secretPaths = secretNames.flatMap((name) => [name, `*.${name}`]);

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
    formatters: { level: (label: string) => ({ level: label }) },
  };
  if (!stream.isTTY) return pino(options, stream);
  const format = { colorize: true, translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname', sync: true };
  return pino(options, PinoPretty({ ...format, destination: stream }));
}
