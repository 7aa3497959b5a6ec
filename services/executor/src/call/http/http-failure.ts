import { permanent, retryable, type FailureReason, type Outcome } from '../outcome.ts';
import { errorCode, errorMessage } from '../error-code.ts';
import { AddressRefused } from './guard/address-policy.ts';
import { NameFailure } from './names/name-query.ts';

/** What the codes of Node and of its HTTP client mean for an attempt. */
const reasonByCode: Record<string, FailureReason> = {
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_reset',
  EPIPE: 'connection_reset',
  UND_ERR_SOCKET: 'connection_reset',
  UND_ERR_CLOSED: 'connection_reset',
  UND_ERR_DESTROYED: 'connection_reset',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'host_unreachable',
  ENETUNREACH: 'host_unreachable',
  EHOSTDOWN: 'host_unreachable',
  DNS_FAILURE: 'dns_failure',
  DNS_UNAVAILABLE: 'dns_unavailable',
  EMFILE: 'executor_resources',
  ENFILE: 'executor_resources',
  ENOBUFS: 'executor_resources',
  ENOMEM: 'executor_resources',
  // No local port is left to connect from.
  EADDRNOTAVAIL: 'executor_resources',
  EPROTO: 'tls_failure',
  CERTIFICATE_WANTED: 'tls_failure',
  TLS_HANDSHAKE_ENDED: 'tls_failure',
  BAD_RESPONSE: 'bad_response',
  UND_ERR_HEADERS_OVERFLOW: 'bad_response',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'bad_response',
};

/** What a code of Node's means for an attempt; undefined when it is not known. */
export function reasonOfCode(code: string): FailureReason | undefined {
  return reasonByCode[code] ?? (tlsCode.test(code) ? 'tls_failure' : undefined);
}

const tlsCode = /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/;

/** How a call ends that the executor does not make any more. */
export const takenBack: Outcome = retryable('aborted', 'the executor took the call back; it is made again');

/** The outcome of a call without a complete reply. It may still have reached the target. */
export function failureOutcome(error: Error, ended: 'timeout' | 'aborted' | undefined, timeoutMs: number): Outcome {
  if (ended === 'timeout' && !(error instanceof NameFailure))
    return retryable('timeout', `no complete reply within ${timeoutMs} ms`);
  if (ended === 'aborted') return takenBack;
  // Only a change of the handler, of its name's address or of the settings resolves this.
  if (error instanceof AddressRefused) return permanent('address_refused', error.message);
  const { reason, message } = classify(error);
  return retryable(reason, message);
}

function classify(error: Error): { reason: FailureReason; message: string } {
  // When every address of a name was tried, the first failure speaks for all.
  const cause = 'errors' in error ? ((error.errors as Error[])[0] ?? error) : error;
  const code = errorCode(cause);
  const message = errorMessage(cause, 'tls.ca');
  const known = reasonByCode[code];
  if (known) return { reason: known, message };
  if (cause.name === 'HTTPParserError') return { reason: 'bad_response', message };
  if (tlsCode.test(code)) return { reason: 'tls_failure', message };
  // What has no code, or says that we asked wrongly, is no fault of the network or of the target.
  if (code === '' || code.startsWith('UND_ERR_INVALID')) throw error;
  return { reason: 'connection_failed', message: `${message} (${code})` };
}
