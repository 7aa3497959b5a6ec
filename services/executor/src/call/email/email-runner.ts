import type { EmailTask, Reached } from '#contracts';
import type { SmtpServer } from '#settings';
import { alwaysOurs, Deadline, type Call, type Runner } from '../call.ts';
import { retryable, success, unsent, type AttemptResult } from '../outcome.ts';
import { EmailDelivery, type SmtpError } from './email-delivery.ts';
import { emailFailure, partlyRefused } from './email-failure.ts';
import { emailMessage, type EmailMessage } from './email-message.ts';
import { isClosing, MailLines } from './mail-lines.ts';

/** Fails a delivery whose time is up, or that is taken back; the deadline says which. */
class Ended extends Error {
  override readonly name = 'Ended';
}

/** Sends e-mails through the mail server of the settings. One deadline covers connecting, login and the message. */
export class EmailRunner implements Runner<EmailTask> {
  readonly #server: SmtpServer | undefined;
  readonly #lines: MailLines | undefined;

  /** @param server Undefined: no e-mail goes out, and executions wait for an executor that has one. */
  constructor(server: SmtpServer | undefined) {
    this.#server = server;
    this.#lines = server && new MailLines(server);
  }

  async run(call: Call<EmailTask>, signal: AbortSignal, assertOurs = alwaysOurs): Promise<AttemptResult> {
    if (!this.#server) {
      return unsent(retryable('email_not_configured', 'the executor has no mail server: SMTP_URL is not set'));
    }
    const deadline = new Deadline(call.timeoutMs, signal);
    try {
      const message = await emailMessage(call, this.#server.from);
      const result = await this.#send(message, deadline, assertOurs);
      return this.#masked(result);
    } finally {
      deadline.clear();
    }
  }

  async #send(message: EmailMessage, deadline: Deadline, assertOurs: () => void): Promise<AttemptResult> {
    const over = Promise.withResolvers<never>();
    over.promise.catch(() => undefined);
    deadline.whenOver(() => over.reject(new Ended('the call has to end')));
    const delivery = new EmailDelivery(message, () => beforeContent(deadline, assertOurs));
    const isStale = (error: unknown) => !delivery.hasBegun && isClosing(error);
    try {
      const response = await this.#lines!.use((line) => delivery.over(line), over.promise, isStale);
      const { refusals } = delivery;
      const outcome = refusals.length > 0 ? partlyRefused(refusals, message.recipients.length) : success;
      return { outcome, reached: 'yes', response: { email: delivery.answer(codeOf(response), response) } };
    } catch (error) {
      return failed(error as SmtpError, delivery, deadline);
    }
  }

  /** A server may repeat the login in its reply. */
  #masked(result: AttemptResult): AttemptResult {
    const login = this.#server?.login;
    if (!login) return result;
    const secrets = writtenLogin(login);
    const shown = (text: string): string => secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
    const { outcome, response } = result;
    return {
      ...result,
      outcome: outcome.kind === 'success' ? outcome : { ...outcome, message: shown(outcome.message) },
      response: response.email ? { email: { ...response.email, response: shown(response.email.response) } } : {},
    };
  }

  /** Closes connections that nothing is sent on. */
  async close(): Promise<void> {
    this.#lines?.close();
    await Promise.resolve();
  }
}

/** A password, and as `AUTH PLAIN` and `AUTH LOGIN` send it (RFC 4616); the longest first. */
function writtenLogin({ user, pass }: { user: string; pass: string }): string[] {
  const encoded = [`\0${user}\0${pass}`, pass].map((text) => Buffer.from(text).toString('base64').replace(/=+$/, ''));
  return [...encoded, pass];
}

/** What lost the call reports the reason. */
function beforeContent(deadline: Deadline, assertOurs: () => void): void {
  try {
    assertOurs();
  } catch (error) {
    deadline.takeBack();
    throw error;
  }
}

function failed(error: SmtpError, delivery: EmailDelivery, deadline: Deadline): AttemptResult {
  const outcome = emailFailure(error, deadline.cause, deadline.timeoutMs);
  const { response, responseCode = null, command = '' } = error;
  // Before the envelope the server has heard nothing of the message.
  const isAnswered = deadline.cause === undefined && response !== undefined && /^(MAIL|RCPT|DATA)/.test(command);
  const reached: Reached = isAnswered ? 'yes' : delivery.hasBegun ? 'maybe' : 'no';
  return {
    outcome,
    reached,
    response: isAnswered ? { email: delivery.answer(responseCode, response) } : {},
  };
}

/** The reply code in front of a reply. */
function codeOf(response: string): number | null {
  const code = /^\d{3}/.exec(response)?.[0];
  return code === undefined ? null : Number(code);
}
