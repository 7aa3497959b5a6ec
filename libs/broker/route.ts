import { readFile } from 'node:fs/promises';
import { credentials } from 'amqplib';
import type { BrokerAddress } from './address.ts';
import { BrokerError } from './errors.ts';

/** A node that does not answer at all is given up after this, for the next one. */
const connectTimeoutMs = 10_000;

/** How amqplib is to connect to one node. */
export interface Endpoint {
  url: string;
  connectionOptions: {
    timeout: number;
    noDelay: true;
    clientProperties: { connection_name: string };
    credentials?: Credentials;
    ca?: Buffer;
    cert?: Buffer;
    key?: Buffer;
  };
}

interface Credentials {
  mechanism: string;
  response(): Buffer;
}

/**
 * Leads from one node of a broker to the next, from the first one on. Password and certificates are read for each
 * connection: once they are changed, the next connection uses the new ones.
 */
export class Route {
  readonly #address: BrokerAddress;
  readonly #name: string;
  #next = 0;

  /** @param name Shown in the broker's list of connections. */
  constructor(address: BrokerAddress, name: string) {
    this.#address = address;
    this.#name = name;
  }

  /** How many nodes there are. */
  get nodes(): number {
    return this.#address.urls.length;
  }

  /** The node whose turn it is. From here on it is that of the one after it. */
  turn(): string {
    const { urls } = this.#address;
    const url = urls[this.#next % urls.length];
    if (url === undefined) throw new BrokerError('disconnected', 'there is no node to connect to');
    this.#next++;
    return url;
  }

  /** @throws {BrokerError} `credentials` when a file cannot be read. */
  async endpoint(url: string): Promise<Endpoint> {
    const { passwordFile, caFile, certFile, keyFile } = this.#address;
    const [password, ca, cert, key] = await Promise.all([passwordFile, caFile, certFile, keyFile].map(contentOf));
    const login = loginFor(new URL(url), password?.toString().trim(), cert !== undefined);
    return {
      url,
      connectionOptions: {
        timeout: connectTimeoutMs,
        noDelay: true,
        clientProperties: { connection_name: this.#name },
        ...(login && { credentials: login }),
        ...(ca && { ca }),
        ...(cert && { cert }),
        ...(key && { key }),
      },
    };
  }
}

async function contentOf(file: string | undefined): Promise<Buffer | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file);
  } catch (error) {
    throw new BrokerError('credentials', `what RabbitMQ is told cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** undefined: as the URL says. */
function loginFor({ username }: URL, password: string | undefined, hasCertificate: boolean): Credentials | undefined {
  // EXTERNAL of SASL: the broker takes the user's name from the certificate.
  if (username === '' && hasCertificate) return credentials.external();
  if (password !== undefined) return credentials.plain(decodeURIComponent(username), password);
  return undefined;
}
