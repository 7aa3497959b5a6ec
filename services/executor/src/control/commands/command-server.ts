import type { BrokerAddress } from '#broker';
import { commandQueue } from '#contracts';
import { AmqpServer } from '#messaging';
import type { Logger } from '#observability';

/** What the handlers of commands name as their transport. */
export const commandTransport = Symbol('commands');

/**
 * Takes commands from their queue; each goes to any one executor. No other executor carries out a command whose
 * executor has died: by then its sender was told that there was no answer.
 */
export function createCommandServer(broker: string | BrokerAddress, logger: Logger): AmqpServer {
  const destination = { queue: commandQueue };
  return new AmqpServer({ name: 'commands', transportId: commandTransport, broker, destination }, logger);
}
