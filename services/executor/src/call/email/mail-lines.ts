import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpServer } from '#settings';
import { errorCode } from '../error-code.ts';

/** Connections at a time: mail servers refuse more of one client. */
const mostLines = 10;
/** A connection that nothing was sent on for so long is closed, milliseconds: servers close it after some minutes. */
const idleMs = 30_000;
/** Messages over one connection: servers allow a hundred. */
const mostMessages = 100;
/** The deadline of the call is what ends it. */
const unlimitedMs = 24 * 3_600_000;
/** How long a connection that is not wanted any more may take to say goodbye, milliseconds. */
const farewellMs = 1_000;

/** All connections were in use until the time of the call was up. */
export class LinesBusy extends Error {
  override readonly name = 'LinesBusy';
  readonly code = 'lines_busy';

  constructor() {
    super(`all ${mostLines} connections to the mail server were busy`);
  }
}

/** A connection to the mail server, logged in. */
export class MailLine {
  readonly connection: SMTPConnection;
  readonly #login: SmtpServer['login'];
  readonly #failed = Promise.withResolvers<never>();
  #messages = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor({ host, port, secure, requiresTls, verifiesCertificate, login, ca }: SmtpServer) {
    this.#login = login;
    this.connection = new SMTPConnection({
      host,
      port,
      secure,
      requireTLS: requiresTls,
      tls: { rejectUnauthorized: verifiesCertificate, ...(ca !== undefined && { ca }) },
      connectionTimeout: unlimitedMs,
      greetingTimeout: unlimitedMs,
      socketTimeout: unlimitedMs,
      dnsTimeout: unlimitedMs,
      socketCloseTimeout: farewellMs,
      // One line of a reply is kept; this is far more than any server says.
      maxResponseSize: 65_536,
    });
    this.#failed.promise.catch(() => undefined);
    this.connection.on('error', (error: Error) => this.#failed.reject(error));
  }

  /** Whether messages went over it before. */
  get isUsed(): boolean {
    return this.#messages > 0;
  }

  get isWorn(): boolean {
    return this.#messages >= mostMessages;
  }

  /** Connects and logs in, if that was not done yet. */
  async open(): Promise<void> {
    if (this.isUsed) return;
    await this.#unlessFailed((done) => this.connection.connect(done));
    const login = this.#login;
    if (login && this.connection.allowsAuth) await this.#unlessFailed((done) => this.connection.login(login, done));
  }

  /** Notes that a message went over it. */
  used(): void {
    this.#messages++;
  }

  /** Calls back when nothing was sent for long, or the server has closed it. */
  rest(onEnd: () => void): void {
    this.#idle = setTimeout(onEnd, idleMs);
    this.connection.once('end', onEnd);
  }

  wake(): void {
    clearTimeout(this.#idle);
    this.connection.removeAllListeners('end');
  }

  close(): void {
    clearTimeout(this.#idle);
    this.connection.close();
  }

  async #unlessFailed(act: (done: (error?: Error | null) => void) => void): Promise<void> {
    const done = Promise.withResolvers<undefined>();
    act((error) => (error ? done.reject(error) : done.resolve(undefined)));
    await Promise.race([done.promise, this.#failed.promise]);
  }
}

/** The connections to the mail server, which are used again. */
export class MailLines {
  readonly #server: SmtpServer;
  #taken = 0;
  #queue: (() => void)[] = [];
  #idle: MailLine[] = [];

  constructor(server: SmtpServer) {
    this.#server = server;
  }

  /**
   * Has something done with a connection, which is closed if that fails.
   *
   * @param over Rejects when the time of the call is up.
   * @param isStale Whether a failure on a connection that was used before says only that the server had closed it.
   */
  async use<T>(
    work: (line: MailLine) => Promise<T>,
    over: Promise<never>,
    isStale: (error: unknown) => boolean,
  ): Promise<T> {
    await this.#takeSlot(over);
    try {
      const kept = this.#idle.pop();
      kept?.wake();
      if (!kept) return await this.#on(new MailLine(this.#server), work, over);
      try {
        return await this.#on(kept, work, over);
      } catch (error) {
        if (!isStale(error)) throw error;
        return await this.#on(new MailLine(this.#server), work, over);
      }
    } finally {
      this.#giveSlotBack();
    }
  }

  /** Closes those that nothing is sent on; what is being sent ends with its call. */
  close(): void {
    for (const line of this.#idle.splice(0)) {
      line.wake();
      line.close();
    }
  }

  async #on<T>(line: MailLine, work: (line: MailLine) => Promise<T>, over: Promise<never>): Promise<T> {
    try {
      await Promise.race([line.open(), over]);
      const result = await Promise.race([work(line), over]);
      line.used();
      this.#keep(line);
      return result;
    } catch (error) {
      line.close();
      throw error;
    }
  }

  #keep(line: MailLine): void {
    if (line.isWorn) {
      line.connection.quit();
      return;
    }
    this.#idle.push(line);
    line.rest(() => {
      this.#idle = this.#idle.filter((one) => one !== line);
      line.close();
    });
  }

  async #takeSlot(over: Promise<never>): Promise<void> {
    if (this.#taken < mostLines) {
      this.#taken++;
      return;
    }
    const turn = Promise.withResolvers<undefined>();
    const come = (): void => turn.resolve(undefined);
    this.#queue.push(come);
    try {
      await Promise.race([turn.promise, over]);
    } catch {
      if (this.#queue.includes(come)) this.#queue = this.#queue.filter((one) => one !== come);
      else this.#giveSlotBack();
      throw new LinesBusy();
    }
  }

  /** The next in the queue has the slot, or it is free. */
  #giveSlotBack(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#taken--;
  }
}

/** RFC 5321: the server closes the connection. */
const closing = 421;

/** Whether an error says only that the other side has closed the connection. */
export function isClosing(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: number };
  if (responseCode !== undefined) return responseCode === closing;
  return ['ECONNECTION', 'ESOCKET'].includes(errorCode(error));
}
