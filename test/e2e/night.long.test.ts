import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { noticesOf, type NoticeType } from '#contracts';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation, type RunningExecutor } from '../support/installation.ts';
import { MailServer, mailHeader } from '../support/mail-server.ts';
import { NoticeListener } from '../support/notice-listener.ts';
import { RecordingTarget } from '../support/recording-target.ts';

const minute = 60_000;
/** That fail and wait. */
const events = 3_000;
const publicUrl = 'https://provisor.example.org';
const told = [noticesOf.failure, noticesOf.circuit, noticesOf.key, noticesOf.executor].flatMap(({ begins, ends }) =>
  ends === null ? [begins] : [begins, ends],
);

describe('a night', () => {
  let sandbox: Sandbox;
  let mail: MailServer;
  let target: RecordingTarget;
  let installation: Installation;
  let executors: RunningExecutor[];
  let billing: Billing;
  let listener: NoticeListener;
  let isDead = false;

  beforeAll(async () => {
    sandbox = await createSandbox();
    mail = await MailServer.listen();
    target = await RecordingTarget.listen();
    target.reply = ({ path }, response) => void response.writeHead(isDead && path !== '/chat' ? 503 : 200).end();
    const settings = {
      SMTP_URL: `smtp://127.0.0.1:${mail.port}?from=provisor@example.org`,
      PUBLIC_URL: publicUrl,
      KEY_STUCK_AFTER: '2s',
    };
    installation = await Installation.start(settings, { sandbox });
    executors = [await installation.startExecutor(), await installation.startExecutor()];
    billing = await Billing.connect(installation.servers.amqpUrl);
    listener = await NoticeListener.connect(installation.servers.amqpUrl);
  }, 2 * minute);

  afterAll(async () => {
    await billing.close();
    await listener.close();
    await installation.stop();
    await target.close();
    await mail.close();
    await sandbox.dispose();
  });

  /**
   * The types of the received mails. One that was being sent when its executor was killed comes again with its
   * `Message-ID`, by which mail programs tell.
   */
  const mailed = () => [
    ...new Map(
      mail.mails.map(({ raw }) => [
        mailHeader(raw, 'message-id'),
        mailHeader(raw, 'provisor-event-type') as NoticeType,
      ]),
    ).values(),
  ];

  /** The types of the notices in the chat, each execution once. */
  const chatted = () => {
    const calls = target.calls.filter(({ path }) => path === '/chat');
    return [...new Map(calls.map(({ headers }) => [headers['webhook-id'], headers['provisor-event-type']])).values()];
  };

  it(
    'in which a target dies and an executor is killed has one message for each trouble, and one for its end',
    async () => {
      const add = (body: object) => installation.json<{ id: string }>('POST', '/handlers', body);
      for (const event of told) {
        const task = {
          type: 'email',
          to: ['ops@example.org'],
          subject: event,
          text: 'Something is wrong, or right again.',
        };
        await add({ name: event, event, task });
        const body = '{"text": {{ data.subject.name + ": " + data.link }}}';
        await add({ name: `chat ${event}`, event, task: { type: 'http', url: target.url('/chat'), body } });
      }
      const task = { type: 'http', url: target.url('/') };
      const patient = { maxAttempts: 100, schedule: ['1s'] };
      const create = await add({ name: 'Create', event: 'clients.create', task, retry: patient });
      const remove = await add({
        name: 'Delete',
        event: 'clients.delete',
        task,
        retry: { maxAttempts: 1, schedule: ['1s'] },
      });

      isDead = true;
      for (let client = 1; client <= events; client++)
        await billing.publish({ type: 'clients.create', objectId: client });
      for (let client = events + 1; client <= events + 5; client++)
        await billing.publish({ type: 'clients.delete', objectId: client });
      await listener.heard('provisor.circuit.opened', create.id, 1, minute);
      await listener.heard('provisor.key.stuck', create.id, 1, minute);
      await listener.heard('provisor.failure.opened', remove.id, 1, minute);

      process.kill(executors[0]!.process.pid, 'SIGKILL');
      await listener.heard('provisor.executor.lost', undefined, 1, 2 * minute);

      isDead = false;
      await listener.heard('provisor.circuit.closed', create.id, 1, minute);
      await listener.heard('provisor.key.freed', create.id, 1, minute);
      await eventually(async () => {
        const { items } = await installation.json<{ items: unknown[] }>('GET', '/failures');
        return items.length === 5 ? true : undefined;
      });
      await installation.json('POST', '/failures/settle', {
        filter: { handlerId: remove.id },
        as: 'ignored',
        note: 'over',
      });
      await listener.heard('provisor.failures.cleared', remove.id, 1, minute);

      await eventually(() => (mailed().length >= told.length ? true : undefined), minute);
      expect(mailed().toSorted()).toEqual(told.toSorted());
      await eventually(() => (chatted().length >= told.length ? true : undefined), minute);
      expect(chatted().toSorted()).toEqual(told.toSorted());
      expect(target.calls.filter(({ path }) => path === '/chat').every(({ body }) => body.includes(publicUrl))).toBe(
        true,
      );
      // Nothing was lost on the way.
      await eventually(async () => {
        const { items } = await installation.json<{ items: unknown[] }>(
          'GET',
          '/events?type=clients.create&status=waiting',
        );
        return items.length === 0 ? true : undefined;
      }, 2 * minute);
      // The executor may have been killed between sending a notice and writing that down: the other sends it again.
      const heard = new Map(listener.notices.map(({ id, type }) => [id, type]));
      expect([...heard.values()].toSorted()).toEqual(told.toSorted());
      expect(listener.of('provisor.failures.cleared')[0]!.data).toMatchObject({
        subject: { id: remove.id, name: 'Delete' },
        count: 5,
        link: `${publicUrl}/failures?handlerId=${remove.id}`,
      });
      const page = await installation.json<{ open: unknown[]; items: { type: string }[] }>('GET', '/notices');
      expect(page.items.map(({ type }) => type).toSorted()).toEqual(told.toSorted());
      // The executor that was killed is still away.
      expect(page.open).toMatchObject([{ type: 'provisor.executor.lost' }]);
    },
    6 * minute,
  );
});
