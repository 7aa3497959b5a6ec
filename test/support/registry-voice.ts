import { connect } from 'amqplib';
import { catalogChangedPattern, configExchange } from '#contracts';

/** Tells every executor that the catalog has changed, as the registry does. */
export async function announceCatalog(amqpUrl: string, revision: number): Promise<void> {
  const connection = await connect(amqpUrl);
  const channel = await connection.createConfirmChannel();
  const message = { pattern: catalogChangedPattern, data: { revision } };
  channel.publish(configExchange, '', Buffer.from(JSON.stringify(message)));
  await channel.waitForConfirms();
  await connection.close();
}
