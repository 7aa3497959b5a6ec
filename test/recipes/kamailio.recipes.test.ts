import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kamailioTables, startKamailio, type PrivateKamailio } from '../../tools/telecom/kamailio.ts';
import { makeCall, startAnsweringSide, type CallAnswer } from '../../tools/telecom/sipp.ts';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { Kitchen } from './support/kitchen.ts';
import { programs } from '../../tools/telecom/programs.ts';

const found = await programs('kamailio', 'sipp', 'psql', 'python3');

onlyWhere(
  describe,
  found !== undefined,
  'kamailio, sip-tester, psql and python3',
)('the recipe for Kamailio', () => {
  const { kamailio: kamailioProgram, sipp } = found!;
  const domain = 'sip.provisor.test';
  const secret = 'a password';
  let kitchen: Kitchen;
  let kamailio: PrivateKamailio;
  let database: Awaited<ReturnType<Kitchen['database']>>;

  beforeAll(async () => {
    kitchen = await Kitchen.open();
    database = await kitchen.database(kamailioTables);
    const other = await startAnsweringSide(kitchen.supervisor, sipp);
    kamailio = await startKamailio({
      supervisor: kitchen.supervisor,
      program: kamailioProgram,
      databaseUrl: database.url,
      nextHopPort: other.port,
    });
    await kitchen.configure('kamailio', 'kamailio.ini', [
      '[database]',
      `url = ${database.url}`,
      '[subscriber]',
      `realm = ${domain}`,
      '[passwords]',
      'field = sip_password',
    ]);
    await kitchen.follow('kamailio', { KAMAILIO_URL: new URL(kamailio.rpcUrl).origin });
  }, 180_000);

  afterAll(() => kitchen[Symbol.asyncDispose](), 60_000);

  const call = (caller: string, password = secret): Promise<CallAnswer> =>
    makeCall({ program: sipp, proxyPort: kamailio.sipPort, caller, domain, secret: password });
  const create = (objectId: number) =>
    kitchen.happens({ type: 'clients.create', objectId, data: { id: objectId, sip_password: secret } });
  const change = (type: string, objectId: number) => kitchen.happens({ type, objectId, data: {} });

  it('a client calls from its creation to its deletion, but for the time without balance', async () => {
    expect(await call('12')).toBe(404);
    await create(12);
    expect(await call('12')).toBe(200);
    expect(await call('12', 'wrong')).toBe(401);
    await change('clients.balance_zero', 12);
    expect(await call('12')).toBe(402);
    await change('clients.balance_notzero', 12);
    expect(await call('12')).toBe(200);
    await change('clients.delete', 12);
    expect(await call('12')).toBe(404);
  });

  it('doing it twice does it once', async () => {
    await create(13);
    await create(13);
    const rows = await database.query("select 1 from subscriber where username = '13'");
    expect(rows).toHaveLength(1);
    for (const type of ['clients.balance_zero', 'clients.balance_zero']) await change(type, 13);
    expect(await call('13')).toBe(402);
    await change('clients.balance_notzero', 13);
    const { executions } = await change('clients.balance_notzero', 13);
    // Kamailio has no such key any more, and says 404.
    expect(executions.at(-1)!.attempts).toMatchObject([{ outcome: 'success', reason: 'already_gone' }]);
    expect(await call('13')).toBe(200);
    await change('clients.delete', 13);
    await change('clients.delete', 13);
  });

  it('Kamailio is killed in the middle: nothing is lost, and nothing overtakes', async () => {
    await create(14);
    await create(15);
    await change('clients.balance_zero', 15);
    await kamailio.server.kill();
    const ids: string[] = [];
    for (const type of ['clients.balance_zero', 'clients.balance_notzero', 'clients.balance_zero']) {
      ids.push(await kitchen.publish({ type, objectId: 14, data: {} }));
    }
    await kitchen.waiting(ids[0]!);
    expect(await call('14')).toBe('none');
    await kamailio.server.start();
    // What was recorded before is in force at once.
    expect(await call('15')).toBe(402);
    const events = await Promise.all(ids.map((id) => kitchen.done(id)));
    expect(events[0]!.executions.at(-1)!.attempts[0]).toMatchObject({ outcome: 'retryable', reached: 'no' });
    expect(await call('14')).toBe(402);
    await change('clients.balance_notzero', 14);
    expect(await call('14')).toBe(200);
  }, 120_000);

  it('Kamailio answers nothing for a while: the last word of billing counts', async () => {
    await create(19);
    const ids: string[] = [];
    await kamailio.server.whileFrozen(async () => {
      for (const type of ['clients.balance_zero', 'clients.balance_notzero', 'clients.balance_zero']) {
        ids.push(await kitchen.publish({ type, objectId: 19, data: {} }));
      }
      const waits = await kitchen.waiting(ids[0]!);
      expect(waits.executions.at(-1)!.attempts.at(-1)).toMatchObject({ outcome: 'retryable', reason: 'timeout' });
    });
    for (const id of ids) await kitchen.done(id);
    expect(await call('19')).toBe(402);
  }, 120_000);

  it('a database that takes no connection, is read only or holds a lock is waited for, and the attempt says so', async () => {
    await create(20);
    const refused = await database.whileRefusing(async () => {
      const id = await kitchen.publish({ type: 'clients.balance_zero', objectId: 20, data: {} });
      const attempt = await kitchen.waitingFor(id, 'is not currently accepting connections');
      expect(attempt).toMatchObject({ outcome: 'retryable' });
      return id;
    });
    await kitchen.done(refused);
    expect(await call('20')).toBe(402);
    const readOnly = await database.whileReadOnly(async () => {
      const id = await kitchen.publish({ type: 'clients.balance_zero', objectId: 21, data: {} });
      const attempt = await kitchen.waitingFor(id, 'in a read-only transaction');
      expect(attempt).toMatchObject({ outcome: 'retryable' });
      return id;
    });
    await kitchen.done(readOnly);
    const slow = await database.whileLocked('htable', async () => {
      const id = await kitchen.publish({ type: 'clients.balance_notzero', objectId: 20, data: {} });
      expect(await kitchen.waitingFor(id, 'due to statement timeout')).toMatchObject({ outcome: 'retryable' });
      return id;
    });
    await kitchen.done(slow);
    expect(await call('20')).toBe(200);
  }, 120_000);

  it('a client that waits holds up no other', async () => {
    await create(16);
    await kamailio.server.kill();
    const waits = await kitchen.publish({ type: 'clients.balance_zero', objectId: 16, data: {} });
    await kitchen.waiting(waits);
    await create(17);
    await kamailio.server.start();
    await kitchen.done(waits);
    expect(await call('16')).toBe(402);
    expect(await call('17')).toBe(200);
  }, 120_000);

  it('a command that Kamailio does not have is no reason to try again', async () => {
    await kitchen.follow('kamailio', {
      KAMAILIO_URL: new URL(kamailio.rpcUrl).origin,
      KAMAILIO_HTABLE: 'another',
    });
    const event = await kitchen.settled(
      await kitchen.publish({ type: 'clients.balance_zero', objectId: 18, data: {} }),
    );
    expect(event).toMatchObject({ status: 'failed' });
    expect(event.executions.at(-1)!.attempts).toMatchObject([{ outcome: 'permanent', reason: 'kamailio_setup' }]);
    await kitchen.follow('kamailio', { KAMAILIO_URL: new URL(kamailio.rpcUrl).origin });
  });

  it('a password makes the HA1 that telephones calculate, or is refused', async () => {
    const fit = [
      `a'b"c\\d`,
      `'); drop table subscriber; --`,
      'ü€😀',
      '%s',
      'a\nb',
      "U&'\\+000041'",
      ' ',
      'x'.repeat(10_000),
    ];
    const unfit = ['', '\ud800', 7, {}, [], true, null];
    const publish = (value: unknown, index: number) =>
      kitchen.publish({ type: 'clients.create', objectId: 1000 + index, data: { sip_password: value } });
    const ids = await Promise.all([...fit, ...unfit].map(publish));
    const events = await Promise.all(ids.map((id) => kitchen.settled(id)));
    for (const [index, value] of fit.entries()) {
      const user = String(1000 + index);
      const ha1 = createHash('md5').update(`${user}:${domain}:${value}`).digest('hex');
      expect([value, events[index]!.status]).toEqual([value, 'succeeded']);
      expect(await database.query('select ha1 from subscriber where username = $1', [user])).toEqual([{ ha1 }]);
    }
    for (const [index, value] of unfit.entries()) {
      const { executions } = events[fit.length + index]!;
      expect([value, executions[0]!.attempts]).toMatchObject([value, [{ outcome: 'permanent' }]]);
    }
  });

  it('users that SIP cannot have are refused, and do no harm', async () => {
    const users = [
      "x'; drop table subscriber; --",
      '$(reboot)',
      'a b',
      'a:b',
      '../x',
      'ü',
      '"',
      '<&]]>',
      'a@',
      '@b',
      'a@b;c',
    ];
    const ids = await Promise.all(
      users.map((objectId, index) => {
        const data = { id: objectId, sip_password: secret };
        return kitchen.publish({ type: 'clients.create', objectId, data, key: `odd ${index}` });
      }),
    );
    for (const [index, id] of ids.entries()) {
      const { executions } = await kitchen.settled(id);
      expect([users[index], executions[0]!.attempts]).toMatchObject([users[index], [{ outcome: 'permanent' }]]);
    }
    expect(await database.query('select 1 from subscriber where username = any($1)', [users])).toEqual([]);
  });
});
