import { connect } from 'amqplib';

/**
 * Whether a broker lets us in; undefined while it does not. A broker accepts connections before it can serve them, so a
 * handshake it must be.
 */
export async function answersAmqp(url: string): Promise<true | undefined> {
  try {
    const connection = await connect(url, { timeout: 5_000 });
    await connection.close();
    return true;
  } catch {
    return undefined; // Refused, or closed in the middle; if it stays so, the broker's log says why.
  }
}
