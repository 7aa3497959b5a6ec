import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A message as it was delivered. */
export interface DeliveredMessage {
  readonly to: readonly string[];
  /** Headers and text, as they were sent. */
  readonly content: string;
}

/** A mail server (RFC 5321) that keeps what it is given, or refuses it. */
export class Mailbox {
  readonly messages: DeliveredMessage[] = [];
  /** The answer to each recipient; 250 accepts. */
  recipientReply = '250 ok';
  readonly #server: Server;

  static async start(): Promise<Mailbox> {
    const mailbox = new Mailbox();
    mailbox.#server.listen(0, '127.0.0.1');
    await once(mailbox.#server, 'listening');
    return mailbox;
  }

  private constructor() {
    this.#server = createServer((socket) => void this.#serve(socket));
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(socket: Socket): Promise<void> {
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    socket.on('error', () => socket.destroy());
    say('220 mailbox');
    let to: string[] = [];
    let content: string[] | undefined;
    for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
      if (content) {
        if (line !== '.') {
          content.push(line.startsWith('.') ? line.slice(1) : line);
          continue;
        }
        this.messages.push({ to, content: content.join('\n') });
        [to, content] = [[], undefined];
        say('250 kept');
        continue;
      }
      const command = line.slice(0, 4).toUpperCase();
      if (command === 'RCPT') {
        if (this.recipientReply.startsWith('250')) to.push(/<(.*)>/.exec(line)?.[1] ?? '');
        say(this.recipientReply);
      } else if (command === 'DATA') {
        content = [];
        say('354 go on');
      } else if (command === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say(command === 'EHLO' ? '250 mailbox' : '250 ok');
    }
  }
}
