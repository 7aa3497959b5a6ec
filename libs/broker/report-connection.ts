import type { BrokerConnection } from './connection.ts';

/** What is needed of a logger. */
interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/**
 * Writes how a connection fares into a log: each kind of failure once, not once for each try.
 *
 * @param part What the connection is for, where there are several.
 */
export function reportConnection(connection: BrokerConnection, log: Log, part?: string): void {
  const of = part === undefined ? {} : { connection: part };
  const told = new Set<string>();
  connection.on('connected', (version) => {
    told.clear();
    log.info({ ...of, version }, 'connected to RabbitMQ');
  });
  connection.on('lost', (error) =>
    log.warn({ ...of, reason: error.message }, 'connection to RabbitMQ lost; reconnecting'),
  );
  connection.on('failed', (error) => {
    if (!told.has(error.message)) log.warn({ ...of, reason: error.message }, 'failed to connect to RabbitMQ; retrying');
    told.add(error.message);
  });
  connection.on('blocked', (reason) => log.warn({ ...of, reason }, 'RabbitMQ blocked publishers'));
  connection.on('unblocked', () => log.info(of, 'RabbitMQ unblocked publishers'));
}
