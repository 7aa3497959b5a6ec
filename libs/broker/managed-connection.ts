import { connect, type AmqpConnectionManager } from 'amqp-connection-manager';
import type { BrokerAddress } from './address.ts';
import { heartbeatSeconds } from './connection.ts';
import { Route } from './route.ts';

/**
 * A connection for NestJS, which wants one of `amqp-connection-manager`: comes back by itself, at the next node, with what the
 * files of the address hold by then.
 *
 * @param name Shown in the broker's list of connections.
 */
export function manageConnection(address: BrokerAddress, name: string): AmqpConnectionManager {
  const route = new Route(address, name);
  return connect(undefined, {
    // One node at a time, so that it asks again before it connects again.
    findServers: async () => [await route.endpoint(route.turn())],
    heartbeatIntervalInSeconds: heartbeatSeconds,
    reconnectTimeInSeconds: 1,
  });
}
