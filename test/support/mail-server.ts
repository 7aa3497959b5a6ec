import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A message that the server has taken. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: string[];
  /** Whether it came through TLS, and who had logged in. */
  readonly secure: boolean;
  readonly user: string | undefined;
  /** Number of the connection, from 1. */
  readonly connection: string;
  readonly raw: string;
}

/** A refusal, as a mail server words it. */
export function smtpRefusal(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

/** A real mail server on a port of its own, which keeps what it gets and behaves as a test needs it to. */
export class MailServer {
  readonly #server: SMTPServer;
  /** What it took. */
  readonly mails: ReceivedMail[] = [];
  /** Connections that were made to it. */
  connections = 0;
  /** What it says to a recipient, to the sender and to a message; undefined: yes. */
  onRecipient: (address: string) => Error | undefined = () => undefined;
  onSender: (address: string) => Error | undefined = () => undefined;
  onMessage: (raw: string) => Error | undefined | Promise<Error | undefined> = () => undefined;
  /** Told of each mail that was taken. */
  onMail: (mail: ReceivedMail) => void = () => undefined;

  private constructor(options: SMTPServerOptions) {
    const answered = (callback: (error?: Error | null) => void, error: Error | undefined) =>
      error ? callback(error) : callback();
    this.#server = new SMTPServer({
      authOptional: true,
      disableReverseLookup: true,
      ...options,
      onConnect: (_session, callback) => {
        this.connections++;
        callback();
      },
      onMailFrom: ({ address }, _session, callback) => answered(callback, this.onSender(address)),
      onRcptTo: ({ address }, _session, callback) => answered(callback, this.onRecipient(address)),
      onData: (stream, { envelope, secure, user, id }, callback) => {
        const answer = async (content: Buffer): Promise<void> => {
          const raw = content.toString();
          const refusal = await this.onMessage(raw);
          if (refusal) {
            callback(refusal);
            return;
          }
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          const mail = {
            from,
            to: envelope.rcptTo.map(({ address }) => address),
            secure,
            user: user as string | undefined,
            connection: id,
            raw,
          };
          this.mails.push(mail);
          this.onMail(mail);
          callback(null, 'queued as 4711');
        };
        // A message that breaks off has no answer.
        buffer(stream).then(answer, () => undefined);
      },
    });
    // Connections that clients break off are part of what is tested.
    this.#server.on('error', () => undefined);
  }

  static async listen(options: SMTPServerOptions = {}): Promise<MailServer> {
    const server = new MailServer({ disabledCommands: ['STARTTLS'], ...options });
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  /** Breaks off every connection. */
  breakOff(): void {
    for (const connection of this.#server.connections) connection.close();
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** The value of a header of a message, with its folded lines as one. */
export function mailHeader(raw: string, name: string): string | undefined {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const line = head.split('\r\n').find((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}: `));
  return line?.slice(name.length + 2);
}

/** The text of a plain message, decoded. */
export function mailText(raw: string): string {
  const body = raw.slice(raw.indexOf('\r\n\r\n') + 4);
  const encoding = mailHeader(raw, 'content-transfer-encoding') ?? '7bit';
  const decoded = { base64: () => Buffer.from(body, 'base64').toString(), 'quoted-printable': () => unquoted(body) };
  const decode: (() => string) | undefined = Object.entries(decoded).find(([name]) => name === encoding)?.[1];
  const text = decode ? decode() : body;
  return text.replace(/\r\n/g, '\n').replace(/\n$/, '');
}

function unquoted(text: string): string {
  const joined = text.replace(/=\r\n/g, '');
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
