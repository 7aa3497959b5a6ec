import { BrokerError, type BrokerErrorCode } from './errors.ts';

/** Certificate errors of OpenSSL and Node, in words that help the operator to correct them. */
const certificateFaults: Record<string, string> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; is the clock right?',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody whom we trust',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody whom we trust',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is signed by nobody whom we trust',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by nobody whom we trust',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by nobody whom we trust',
  CERT_SIGNATURE_FAILURE: 'its certificate is signed by nobody whom we trust',
};
const ownFaults = /^ERR_SSL_(SSLV3|TLSV1|TLSV13)_ALERT_(BAD_CERTIFICATE|CERTIFICATE_|UNKNOWN_CA|UNSUPPORTED_CERT)/;
const noTls = /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/;

/** Says which node could not be connected to, and why, without anything of the login. */
export function connectFailure(error: Error, url: string): BrokerError {
  if (error instanceof BrokerError) return error;
  const [code, reason] = explain(error);
  return new BrokerError(code, `${hostOf(url)}: ${reason}`, { cause: error });
}

function explain(error: Error & { code?: unknown }): [BrokerErrorCode, string] {
  const { code, message } = error;
  if (typeof code === 'string') {
    const fault = certificateFaults[code];
    if (fault !== undefined) return ['certificate', `${fault} (${message})`];
    if (ownFaults.test(code))
      return ['certificate', `it does not accept our client certificate, or wants one (${message})`];
    if (noTls.test(code)) return ['disconnected', `it does not speak TLS at this port (${code})`];
  }
  if (message.includes('ACCESS_REFUSED') || message.includes('ACCESS-REFUSED')) {
    return ['credentials', `it refuses the login (${message})`];
  }
  // Node tries every address of a name, and then has no message of its own.
  return ['disconnected', message || String(code)];
}

function hostOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || (protocol === 'amqps:' ? '5671' : '5672')}`;
}
