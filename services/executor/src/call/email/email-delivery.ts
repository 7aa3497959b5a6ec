import { Readable } from 'node:stream';
import type { EmailAnswer } from '#contracts';
import type { EmailMessage } from './email-message.ts';
import type { MailLine } from './mail-lines.ts';

/** What SMTP says of an error. */
export interface SmtpError extends Error {
  readonly code?: string;
  /** The code of Node's that was there before. */
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly response?: string;
  /** What was said to the server before: `CONN`, `EHLO`, `AUTH PLAIN`, `MAIL FROM`, `RCPT TO`, `DATA`. */
  readonly command?: string;
  readonly recipient?: string;
}

/** What the client adds to an envelope as the server answers. */
interface Envelope {
  readonly from: string;
  readonly to: string[];
  readonly size: number;
  readonly accepted?: string[];
  readonly rejected?: string[];
  readonly rejectedErrors?: SmtpError[];
}

/** Some recipients are refused for now: none gets the message, so that none gets it again when all can. */
export class RecipientsDeferred extends Error {
  override readonly name = 'RecipientsDeferred';
  readonly responseCode: number | undefined;
  readonly response: string | undefined;
  readonly command = 'RCPT TO';

  constructor({ message, responseCode, response }: SmtpError) {
    super(message);
    this.responseCode = responseCode;
    this.response = response;
  }
}

/** The way of one message to the mail server, and how far it has come. */
export class EmailDelivery {
  readonly #message: EmailMessage;
  readonly #beforeContent: () => void;
  #envelope: Envelope;
  #begun = false;

  /** @param beforeContent Called immediately before the content leaves; what it throws keeps it here. */
  constructor(message: EmailMessage, beforeContent: () => void) {
    this.#message = message;
    this.#beforeContent = beforeContent;
    this.#envelope = this.#newEnvelope();
  }

  /** Whether some of the content has left: the server may have taken it. */
  get hasBegun(): boolean {
    return this.#begun;
  }

  /** Recipients that the server refuses for good. */
  get refusals(): readonly SmtpError[] {
    return this.#envelope.rejectedErrors ?? [];
  }

  /**
   * Sends the message over a connection.
   *
   * @returns What the server said in the end.
   * @throws {SmtpError} When it refused all recipients or the message, or the connection ended.
   */
  async over({ connection }: MailLine): Promise<string> {
    this.#envelope = this.#newEnvelope();
    const sent = Promise.withResolvers<string>();
    connection.send(this.#envelope, this.#content(sent.reject), (error, info) => {
      if (error) sent.reject(error);
      else sent.resolve(info.response);
    });
    return sent.promise;
  }

  answer(code: number | null, response: string): EmailAnswer {
    const { accepted = [], rejected = [] } = this.#envelope;
    return { code, response, accepted, rejected, messageId: this.#message.id };
  }

  #newEnvelope(): Envelope {
    const { from, recipients, content } = this.#message;
    return { from, to: recipients, size: content.length };
  }

  /** The client reads it when the server has agreed to take it, and writes it in the same turn of the event loop. */
  #content(refuse: (reason: unknown) => void): Readable {
    const { content } = this.#message;
    const beforeContent = this.#beforeContent;
    const deferred = () => this.refusals.find(({ responseCode = 0 }) => responseCode < 500);
    const begin = (): void => void (this.#begun = true);
    return new Readable({
      read() {
        try {
          const refusal = deferred();
          if (refusal) throw new RecipientsDeferred(refusal);
          beforeContent();
        } catch (error) {
          // The connection is closed with that, so the server drops what it has of the message.
          refuse(error);
          return;
        }
        begin();
        this.push(content);
        this.push(null);
      },
    });
  }
}
