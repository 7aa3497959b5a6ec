import { permanent, retryable, type Outcome } from '../outcome.ts';
import { errorMessage } from '../error-code.ts';
import { reasonOfCode } from '../http/http-failure.ts';
import type { SmtpError } from './email-delivery.ts';
import { LinesBusy } from './mail-lines.ts';

/** The codes of the SMTP client that say what no code of Node's says. */
const reasonByCode = {
  EDNS: 'dns_failure',
  ETLS: 'tls_failure',
  ETIMEDOUT: 'timeout',
  ECONNECTION: 'connection_reset',
  EPROTOCOL: 'bad_response',
} as const;

/** The outcome of a message that the mail server has not taken for all its recipients. */
export function emailFailure(error: SmtpError, ended: 'timeout' | 'aborted' | undefined, timeoutMs: number): Outcome {
  // The mail server was not asked: it is no attempt.
  if (error instanceof LinesBusy && ended !== 'aborted') return retryable('executor_resources', error.message);
  if (ended === 'timeout')
    return retryable('timeout', `the mail server did not take the message within ${timeoutMs} ms`);
  if (ended === 'aborted') return retryable('aborted', 'the executor took the call back; it is made again');
  const { responseCode, code = '', originalCode = '' } = error;
  const message = errorMessage(error, 'ca of SMTP_URL', originalCode || code);
  // What the executor logs in with is a setting of ours: it says nothing of the message, and waits for a person.
  if (code === 'EAUTH') return retryable('email_login_refused', message);
  if (code === 'ETLS') return retryable('tls_failure', message);
  if (responseCode !== undefined) {
    return responseCode < 500 ? retryable('smtp_temporary', message) : permanent('smtp_rejected', message);
  }
  const reason =
    reasonOfCode(originalCode) ?? (code in reasonByCode ? reasonByCode[code as keyof typeof reasonByCode] : undefined);
  return retryable(reason ?? 'connection_failed', message);
}

/** The outcome of a message that the server took for some recipients, and refused for others for good. */
export function partlyRefused(refusals: readonly SmtpError[], recipients: number): Outcome {
  const words = refusals.map(({ recipient = '', response = '' }) => `${recipient}: ${response}`).join('; ');
  const taken = recipients - refusals.length;
  return permanent(
    'smtp_rejected',
    `the mail server took the message for ${taken} of ${recipients} recipients; ${words}`,
  );
}
