import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import type { AddressPolicy } from './address-policy.ts';
import { AddressRefused } from './address-refused.ts';
import { guardedLookup, type Lookup } from './guarded-lookup.ts';

/** What undici's connectors do and their types do not say: they return the socket that they connect. */
type Connect = (...args: Parameters<buildConnector.connector>) => Socket;

/**
 * Connects to addresses that the policy allows, and to no other. A pooled connection has been through here when it was
 * made, and stays with the address it was made to.
 *
 * @param lookup How names are looked up; the system's way by default.
 */
export function guardedConnector(
  policy: AddressPolicy,
  options: buildConnector.BuildOptions,
  lookup?: Lookup,
): buildConnector.connector {
  const connect = buildConnector({ ...options, lookup: guardedLookup(policy, lookup) }) as Connect;
  return (target, callback) => {
    // An address in the URL is never looked up, so that the lookup cannot check it.
    const literal = isIP(target.hostname) === 0 ? undefined : policy.refusal(target.hostname);
    if (literal !== undefined) {
      const refused = new AddressRefused(`${target.hostname} may not be called: ${literal}`);
      queueMicrotask(() => callback(refused, null));
      return;
    }
    let refused: AddressRefused | undefined;
    const socket = connect(target, (...[error, connected]) => {
      if (refused) callback(refused, null);
      else if (error) callback(error, null);
      else callback(null, connected);
    });
    // Before any other listener, so before TLS says its first word: what is connected to has the last say.
    socket.prependOnceListener('connect', () => {
      const why = policy.refusal(socket.remoteAddress ?? '');
      if (why === undefined) return;
      refused = new AddressRefused(`${target.hostname} may not be called: ${why}`);
      socket.destroy(refused);
    });
  };
}
