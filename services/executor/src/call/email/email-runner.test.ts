import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SMTPServerOptions } from 'smtp-server';
import type { EmailTask } from '#contracts';
import type { SmtpServer } from '#settings';
import { MailServer, mailHeader, mailText, smtpRefusal } from '../../../../../test/support/mail-server.ts';
import { selfSigned } from '../http/testing/self-signed.ts';
import { callOf, never, sentBody } from '../testing/calls.ts';
import { describeRunner } from '../testing/runner-suite.ts';
import { EmailRunner } from './email-runner.ts';

const taskOf = (overrides: Partial<EmailTask> = {}): EmailTask => ({
  type: 'email',
  to: ['ops@example.org'],
  cc: [],
  subject: 'A subject',
  text: 'A text',
  ...overrides,
});

const serverAt = (port: number, overrides: Partial<SmtpServer> = {}): SmtpServer => ({
  host: '127.0.0.1',
  port,
  secure: false,
  requiresTls: false,
  verifiesCertificate: false,
  login: undefined,
  from: 'provisor@example.org',
  ca: undefined,
  ...overrides,
});

let server: MailServer;
let runner: EmailRunner;

beforeAll(async () => {
  server = await MailServer.listen();
  runner = new EmailRunner(serverAt(server.port));
});

afterAll(async () => {
  await runner.close();
  await server.close();
});

beforeEach(() => {
  server.onRecipient = () => undefined;
  server.onSender = () => undefined;
  server.onMessage = () => undefined;
  server.mails.length = 0;
});

const hanging = 'hang@example.org';

describeRunner('the e-mail runner', () => {
  server.onRecipient = (address) => (address === 'later@example.org' ? smtpRefusal(451, 'try again later') : undefined);
  server.onMessage = (raw) => (raw.includes(hanging) ? new Promise(() => undefined) : undefined);
  return {
    runner,
    obliging: taskOf({ text: sentBody }),
    failing: taskOf({ to: ['later@example.org'] }),
    hanging: taskOf({ to: [hanging] }),
    received: () => server.mails.map(({ raw }) => mailText(raw)),
  };
});

describe('an e-mail', () => {
  it('has its fields, and headers that name the call', async () => {
    const executionId = '019ca8ad-fa20-750b-bb79-f92873b810ee';
    const task = taskOf({
      to: ['ops@example.org', 'night@example.org'],
      cc: ['boss@example.org'],
      subject: 'Störung: “Ziel”',
      text: 'First line\n.\nLast line: ü',
    });
    const { outcome, reached, response } = await runner.run(callOf(task, { executionId, attempt: 3 }), never);
    expect(outcome).toEqual({ kind: 'success' });
    expect(reached).toBe('yes');
    const [{ raw, to, from }] = server.mails as [(typeof server.mails)[0]];
    expect(to).toEqual([...task.to, ...task.cc]);
    expect(from).toBe('provisor@example.org');
    expect(mailText(raw)).toBe(task.text);
    expect(mailHeader(raw, 'to')).toBe('ops@example.org, night@example.org');
    expect(mailHeader(raw, 'cc')).toBe('boss@example.org');
    expect(mailHeader(raw, 'subject')).toMatch(/^=\?UTF-8\?/);
    expect(mailHeader(raw, 'message-id')).toBe(`<${executionId}@example.org>`);
    expect(mailHeader(raw, 'auto-submitted')).toBe('auto-generated');
    expect(mailHeader(raw, 'provisor-event-id')).toBe('e-1');
    expect(mailHeader(raw, 'provisor-event-type')).toBe('clients.update');
    expect(mailHeader(raw, 'provisor-attempt')).toBe('3');
    expect(response.email).toEqual({
      code: 250,
      response: expect.stringContaining('queued as 4711'),
      accepted: to,
      rejected: [],
      messageId: `<${executionId}@example.org>`,
    });
  });

  it('has the same Message-ID in every attempt', async () => {
    for (const attempt of [1, 2]) await runner.run(callOf(taskOf(), { attempt }), never);
    const ids = server.mails.map(({ raw }) => mailHeader(raw, 'message-id'));
    expect(new Set(ids).size).toBe(1);
  });

  it('takes no header from a subject', async () => {
    await runner.run(callOf(taskOf({ subject: 'a\r\nBcc: evil@example.org' })), never);
    expect(mailHeader(server.mails[0]!.raw, 'bcc')).toBeUndefined();
    expect(server.mails[0]!.to).toEqual(['ops@example.org']);
  });

  it('goes over the connection of the one before', async () => {
    await runner.run(callOf(taskOf()), never);
    const before = server.connections;
    await runner.run(callOf(taskOf()), never);
    expect(server.connections).toBe(before);
  });

  it('goes over a new connection where the server has closed the one before', async () => {
    await runner.run(callOf(taskOf()), never);
    server.breakOff();
    const { outcome } = await runner.run(callOf(taskOf()), never);
    expect(outcome).toEqual({ kind: 'success' });
    expect(server.mails).toHaveLength(2);
  });

  it('waits for one of ten connections, and is no attempt when none is free in time', async () => {
    const gates: (() => void)[] = [];
    server.onMessage = () => new Promise((resolve) => gates.push(() => resolve(undefined)));
    const sending = Array.from({ length: 10 }, () => runner.run(callOf(taskOf()), never));
    const late = await runner.run(callOf(taskOf(), { timeoutMs: 200 }), never);
    expect(late).toMatchObject({ outcome: { kind: 'retryable', reason: 'executor_resources' }, reached: 'no' });
    while (server.mails.length < 10) {
      gates.splice(0).forEach((open) => open());
      await new Promise(setImmediate);
    }
    expect(await Promise.all(sending)).toMatchObject(Array(10).fill({ outcome: { kind: 'success' } }));
  });
});

describe('what a mail server refuses', () => {
  it.each([
    ['a sender', 4, () => (server.onSender = () => smtpRefusal(421, 'busy'))],
    ['a recipient', 4, () => (server.onRecipient = () => smtpRefusal(450, 'greylisted'))],
    ['a message', 4, () => (server.onMessage = () => smtpRefusal(452, 'disk full'))],
    ['a sender', 5, () => (server.onSender = () => smtpRefusal(553, 'no such sender'))],
    ['a recipient', 5, () => (server.onRecipient = () => smtpRefusal(550, 'no such user'))],
    ['a message', 5, () => (server.onMessage = () => smtpRefusal(554, 'spam'))],
  ])('%s with %ixx is told with its reply', async (_, family, refuse) => {
    refuse();
    const { outcome, reached, response } = await runner.run(callOf(taskOf()), never);
    const expected = family === 4 ? ['retryable', 'smtp_temporary'] : ['permanent', 'smtp_rejected'];
    expect(outcome).toMatchObject({ kind: expected[0], reason: expected[1] });
    expect(reached).toBe('yes');
    expect(Math.floor(response.email!.code! / 100)).toBe(family);
    expect(response.email!.response).toMatch(/^[45]\d\d /);
    expect(server.mails).toEqual([]);
  });

  it('for good to some recipients reaches the others, and says whom it did not reach', async () => {
    server.onRecipient = (address) => (address.startsWith('gone') ? smtpRefusal(550, 'no such user') : undefined);
    const task = taskOf({ to: ['ops@example.org', 'gone@example.org'] });
    const { outcome, reached, response } = await runner.run(callOf(task), never);
    expect(outcome).toMatchObject({
      kind: 'permanent',
      reason: 'smtp_rejected',
      message: expect.stringMatching(/1 of 2 recipients; gone@example\.org: 550 /),
    });
    expect(reached).toBe('yes');
    expect(server.mails.map(({ to }) => to)).toEqual([['ops@example.org']]);
    expect(response.email).toMatchObject({ accepted: ['ops@example.org'], rejected: ['gone@example.org'] });
  });

  it('for now to some recipients goes to none, so that a retry sends nothing twice', async () => {
    let isGrey = true;
    server.onRecipient = (address) =>
      address.startsWith('grey') && isGrey ? smtpRefusal(451, 'greylisted') : undefined;
    const task = taskOf({ to: ['ops@example.org', 'grey@example.org'] });
    const { outcome, reached, response } = await runner.run(callOf(task), never);
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'smtp_temporary' });
    expect(reached).toBe('yes');
    expect(response.email).toMatchObject({ code: 451, rejected: ['grey@example.org'] });
    expect(server.mails).toEqual([]);
    isGrey = false;
    expect((await runner.run(callOf(task, { attempt: 2 }), never)).outcome).toEqual({ kind: 'success' });
    expect(server.mails.map(({ to }) => to)).toEqual([task.to]);
  });
});

describe('without a mail server', () => {
  it('an e-mail waits, and is no attempt', async () => {
    const result = await new EmailRunner(undefined).run(callOf(taskOf()), never);
    expect(result).toMatchObject({ outcome: { kind: 'retryable', reason: 'email_not_configured' }, reached: 'no' });
  });
});

describe('a connection to a mail server', () => {
  let own: MailServer | undefined;
  let plain: Server | undefined;
  const sockets = new Set<Socket>();
  const runners: EmailRunner[] = [];

  afterEach(async () => {
    for (const one of runners.splice(0)) await one.close();
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await own?.close();
    await new Promise<void>((resolve) => (plain ? plain.close(() => resolve()) : resolve()));
    own = plain = undefined;
  });

  const send = (settings: SmtpServer, timeoutMs = 5_000) => {
    const one = new EmailRunner(settings);
    runners.push(one);
    return one.run(callOf(taskOf(), { timeoutMs }), never);
  };

  /** A server that speaks by a script: what it says to each line that it hears. */
  async function scripted(onLine: (line: string, socket: Socket) => string | undefined): Promise<number> {
    plain = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      const greeting = onLine('connected', socket);
      if (greeting) socket.write(`${greeting}\r\n`);
      let rest = '';
      socket.on('data', (chunk) => {
        const lines = (rest + chunk.toString()).split('\r\n');
        rest = lines.pop()!;
        for (const line of lines) {
          const answer = onLine(line, socket);
          if (answer) socket.write(`${answer}\r\n`);
        }
      });
    });
    await new Promise<void>((resolve) => plain!.listen(0, '127.0.0.1', resolve));
    return (plain.address() as AddressInfo).port;
  }

  const secured = { key: selfSigned.key, cert: selfSigned.cert };
  const trusted = { ca: selfSigned.cert, verifiesCertificate: true, host: 'localhost' };

  it('has TLS from the beginning where the URL says so, and checks the certificate', async () => {
    own = await MailServer.listen({ secure: true, ...secured });
    const settings = serverAt(own.port, { secure: true, ...trusted });
    expect((await send(settings)).outcome).toEqual({ kind: 'success' });
    expect(own.mails[0]!.secure).toBe(true);
    const unknown = await send({ ...settings, ca: undefined });
    const message = expect.stringMatching(/: a private authority has to be in ca of SMTP_URL$/);
    expect(unknown).toMatchObject({ outcome: { kind: 'retryable', reason: 'tls_failure', message }, reached: 'no' });
    expect(own.mails).toHaveLength(1);
  });

  it('has TLS by STARTTLS before a login, or there is none', async () => {
    const login = { user: 'me', pass: 'a secret' };
    const onAuth: SMTPServerOptions['onAuth'] = ({ username = '', password = '' }, _, done) =>
      password === login.pass ? done(null, { user: username }) : done(smtpRefusal(535, `not ${password}`));
    own = await MailServer.listen({ disabledCommands: [], ...secured, onAuth });
    const settings = serverAt(own.port, { requiresTls: true, login, ...trusted });
    expect((await send(settings)).outcome).toEqual({ kind: 'success' });
    expect(own.mails[0]).toMatchObject({ secure: true, user: 'me' });
    const refused = await send({ ...settings, login: { user: 'me', pass: 'a wrong one' } });
    expect(refused).toMatchObject({ outcome: { kind: 'retryable', reason: 'email_login_refused' }, reached: 'no' });
    expect(JSON.stringify(refused)).not.toContain('a wrong one');
    const bare = await MailServer.listen({ disabledCommands: ['STARTTLS'], onAuth });
    const without = await send(serverAt(bare.port, { requiresTls: true, login, ...trusted }));
    expect(without).toMatchObject({ outcome: { reason: 'tls_failure' }, reached: 'no' });
    expect(bare.mails).toEqual([]);
    await bare.close();
  });

  it.each([
    ['as it is', (login: string) => `no such login: ${login}`],
    ['as AUTH PLAIN has it', (login: string) => `cannot read ${Buffer.from(`\0ann\0${login}`).toString('base64')}`],
    ['as AUTH LOGIN has it', (login: string) => `cannot read ${Buffer.from(login).toString('base64')}`],
  ])('whose server repeats the password, %s, shows no part of it', async (_, reply) => {
    const pass = 'planted-pw-4711';
    own = await MailServer.listen({
      allowInsecureAuth: true,
      authMethods: ['PLAIN'],
      onAuth: ({ password }, _session, done) => done(new Error(reply(password ?? ''))),
    });
    const { outcome } = await send(serverAt(own.port, { login: { user: 'ann', pass } }));
    expect(outcome).toMatchObject({
      kind: 'retryable',
      reason: 'email_login_refused',
      message: expect.stringMatching(/\*\*\*/),
    });
  });

  it('that is refused is told as such', async () => {
    const port = await scripted(() => undefined);
    await new Promise<void>((resolve) => plain!.close(() => resolve()));
    plain = undefined;
    expect(await send(serverAt(port))).toMatchObject({
      outcome: { kind: 'retryable', reason: 'connection_refused' },
      reached: 'no',
    });
  });

  it('to a name without an address is told as such', async () => {
    expect(await send(serverAt(25, { host: 'mail.invalid' }))).toMatchObject({
      outcome: { kind: 'retryable', reason: 'dns_failure' },
      reached: 'no',
    });
  });

  it('on which nothing is said ends with the timeout of the handler', async () => {
    const port = await scripted(() => undefined);
    const from = performance.now();
    expect(await send(serverAt(port), 300)).toMatchObject({ outcome: { reason: 'timeout' }, reached: 'no' });
    expect(performance.now() - from).toBeLessThan(3_000);
  });

  it('that the server closes with a reply 421 is retried', async () => {
    const port = await scripted((_, socket) => void socket.end('421 too many connections\r\n'));
    expect(await send(serverAt(port))).toMatchObject({
      outcome: { kind: 'retryable', reason: 'smtp_temporary' },
      reached: 'no',
    });
  });

  const polite: Record<string, string> = {
    connected: '220 hi',
    EHLO: '250 hi',
    MAIL: '250 ok',
    RCPT: '250 ok',
    DATA: '354 go',
  };
  const politely = (line: string): string | undefined => polite[line.split(/[ :]/)[0]!];

  it('that dies in the middle of the message may have brought it', async () => {
    const port = await scripted((line, socket) => {
      if (line.startsWith('Subject')) socket.destroy();
      return politely(line);
    });
    const result = await send(serverAt(port));
    expect(result).toMatchObject({ outcome: { kind: 'retryable', reason: 'connection_reset' }, reached: 'maybe' });
    expect(result.response).toEqual({});
  });

  it('on which the last reply does not come may have brought the message', async () => {
    const port = await scripted(politely);
    expect(await send(serverAt(port), 500)).toMatchObject({ outcome: { reason: 'timeout' }, reached: 'maybe' });
  });

  it('that dies before the message leaves has not brought it', async () => {
    const port = await scripted((line, socket) => {
      if (line.startsWith('RCPT')) socket.destroy();
      return politely(line);
    });
    expect(await send(serverAt(port))).toMatchObject({ outcome: { kind: 'retryable' }, reached: 'no' });
  });

  it('to a server that speaks no SMTP is told as such', async () => {
    const port = await scripted((line) => (line === 'connected' ? 'HTTP/1.1 400 Bad Request' : undefined));
    expect(await send(serverAt(port))).toMatchObject({ outcome: { kind: 'retryable', reason: 'bad_response' } });
  });
});
