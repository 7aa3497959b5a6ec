import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import { errorCode } from '../../error-code.ts';
import type { Names } from '../names/name-resolver.ts';
import { AddressRefused, type AddressPolicy } from './address-policy.ts';

/** The codes of a connection that was in order and that the other side, or the network, has ended. */
export const closings: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'ERR_STREAM_DESTROYED',
  'ERR_SSL_PROTOCOL_IS_SHUTDOWN',
]);

/** What undici's connectors do and their types do not say: they return the socket that they connect. */
type Connect = (...args: Parameters<buildConnector.connector>) => Socket;

/** TLS sessions that are kept to be resumed, of the targets that were called last. */
const maxSessions = 100;

/** The other side ended the connection before both had agreed on TLS. */
class HandshakeEnded extends Error {
  override readonly name = 'HandshakeEnded';
  readonly code = 'TLS_HANDSHAKE_ENDED';

  constructor(cause: Error) {
    super(`the target ended the connection during the TLS handshake (${cause.message})`, { cause });
  }
}

/** Who makes a connection. */
export interface Connecting {
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Is called when the addresses are known. */
  readonly resolved: () => void;
}

/**
 * Connects to addresses that the policy allows, and to no other. A pooled connection has been through here when it was
 * made, and stays with the address it was made to.
 */
export class GuardedConnector {
  readonly #policy: AddressPolicy;
  readonly #options: buildConnector.BuildOptions;
  readonly #names: Names;
  readonly #sessions = new Map<string, Buffer>();

  constructor(policy: AddressPolicy, options: buildConnector.BuildOptions, names: Names) {
    this.#policy = policy;
    this.#options = options;
    this.#names = names;
  }

  /** Makes a connection, or calls back with why there is none; never at once. */
  connect(target: buildConnector.Options, connecting: Connecting, callback: buildConnector.Callback): void {
    this.#addresses(target.hostname, connecting).then(
      (addresses) => this.#open(target, addresses, connecting, callback),
      (error: unknown) => callback(error as Error, null),
    );
  }

  /** Has the next connection to a target shake hands in full. */
  forgetSession(target: buildConnector.Options): void {
    this.#sessions.delete(sessionKey(target));
  }

  /** Those that may be called. An address in the URL is its own. */
  async #addresses(hostname: string, { signal, resolved }: Connecting): Promise<LookupAddress[]> {
    const family = isIP(hostname);
    const found = family === 0 ? await this.#names.find(hostname, signal) : [{ address: hostname, family }];
    resolved();
    const [allowed, refusals] = sort(found, this.#policy);
    if (allowed.length === 0) throw refusal(hostname, refusals);
    return allowed;
  }

  #open(
    target: buildConnector.Options,
    addresses: LookupAddress[],
    connecting: Connecting,
    callback: buildConnector.Callback,
  ): void {
    let socket: Socket;
    let refused: AddressRefused | undefined;
    try {
      socket = this.#start(target, addresses, (...[error, connected]) => {
        connecting.signal.removeEventListener('abort', abandon);
        if (refused) callback(refused, null);
        else if (error) callback(error, null);
        else callback(null, connected);
      });
    } catch (error) {
      // Certificates and keys that are none.
      callback(error as Error, null);
      return;
    }
    const abandon = (): void => void socket.destroy(new Error('the connection is not wanted any more'));
    if (connecting.signal.aborted) abandon();
    else connecting.signal.addEventListener('abort', abandon, { once: true });
    // Before any other listener, so before TLS says its first word: what is connected to has the last say.
    socket.prependOnceListener('connect', () => {
      const why = this.#policy.refusal(socket.remoteAddress ?? '');
      if (why === undefined) return;
      refused = refusal(target.hostname, [why]);
      socket.destroy(refused);
    });
  }

  /** @param addresses The connection is made to one of them; the name is not looked up again. */
  #start(target: buildConnector.Options, addresses: LookupAddress[], callback: buildConnector.Callback): Socket {
    const key = sessionKey(target);
    const session = this.#sessions.get(key);
    const connect = buildConnector({
      ...this.#options,
      ...(session && { session }),
      maxCachedSessions: 0,
      lookup: handingOver(addresses),
    }) as Connect;
    let reached = false;
    const socket = connect(target, (...[error, connected]) => {
      if (!error) callback(null, connected);
      else if (reached && closings.has(errorCode(error))) callback(new HandshakeEnded(error), null);
      else callback(error, null);
    });
    if (target.protocol === 'https:') {
      socket.once('connect', () => void (reached = true));
      socket.on('session', (made: Buffer) => this.#keepSession(key, made));
    }
    return socket;
  }

  #keepSession(key: string, session: Buffer): void {
    this.#sessions.delete(key);
    this.#sessions.set(key, session);
    if (this.#sessions.size <= maxSessions) return;
    const [oldest] = this.#sessions.keys();
    this.#sessions.delete(oldest!);
  }
}

function sessionKey({ protocol, hostname, port, servername }: buildConnector.Options): string {
  return `${protocol}//${hostname}:${port} ${servername ?? ''}`;
}

/** Answers with addresses that are known already. */
function handingOver(addresses: LookupAddress[]): LookupFunction {
  return (_hostname, { all }, callback) => {
    if (all) callback(null, addresses);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  };
}

function sort(found: readonly LookupAddress[], policy: AddressPolicy): [allowed: LookupAddress[], refusals: string[]] {
  const allowed: LookupAddress[] = [];
  const refusals: string[] = [];
  for (const candidate of found) {
    const refused = policy.refusal(candidate.address);
    if (refused === undefined) allowed.push(candidate);
    else refusals.push(refused);
  }
  return [allowed, refusals];
}

function refusal(hostname: string, refusals: string[]): AddressRefused {
  return new AddressRefused(`${hostname} may not be called: ${refusals.join('; ') || 'it has no address'}`);
}
