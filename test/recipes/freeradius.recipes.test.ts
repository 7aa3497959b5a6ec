import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { freeradiusTables, startFreeradius, type PrivateFreeradius } from './servers/freeradius.ts';
import { Nas } from './servers/nas.ts';
import { Kitchen } from './support/kitchen.ts';
import { programs } from '../../tools/telecom/programs.ts';

const found = await programs('freeradius', 'radclient', 'psql', 'python3');

onlyWhere(
  describe,
  found !== undefined,
  'freeradius, radclient, psql and python3',
)('the recipe for FreeRADIUS', () => {
  const password = 'pass-word_$1';
  let kitchen: Kitchen;
  let radius: PrivateFreeradius;
  let nas: Nas;
  let database: Awaited<ReturnType<Kitchen['database']>>;

  beforeAll(async () => {
    kitchen = await Kitchen.open();
    database = await kitchen.database(await freeradiusTables());
    radius = await startFreeradius(kitchen.supervisor, {
      program: found!.freeradius,
      databaseUrl: database.url,
    });
    nas = await Nas.start('the secret of the NAS');
    await kitchen.configure('freeradius', 'radius.ini', [
      '[database]',
      `url = ${database.url}`,
      '[groups]',
      'active = customers',
      'blocked = debtors',
      '[passwords]',
      'field = radius_password',
      '[nas]',
      `port = ${nas.port}`,
      `default = ${nas.secret}`,
    ]);
    await kitchen.follow('freeradius', { RADIUS_USER: '"user-" + string(event.object_id)' });
  }, 180_000);

  afterAll(async () => {
    await nas.close();
    await kitchen[Symbol.asyncDispose]();
  });

  beforeEach(() => {
    nas.isSilent = false;
    nas.refusal = undefined;
    nas.requests.length = 0;
    nas.sessions.clear();
  });

  const create = (objectId: number) =>
    kitchen.happens({ type: 'clients.create', objectId, data: { id: objectId, radius_password: password } });
  const change = (type: string, objectId: number) => kitchen.happens({ type, objectId, data: {} });
  const session = async (user: string, id: string): Promise<void> => {
    await radius.startSession(user, id);
    nas.sessions.set(id, user);
  };

  it('a client logs in from its creation to its deletion, but for the time without balance', async () => {
    expect(await radius.accepts('user-12', password)).toBe(false);
    await create(12);
    expect(await radius.accepts('user-12', password)).toBe(true);
    expect(await radius.accepts('user-12', 'wrong')).toBe(false);
    await change('clients.balance_zero', 12);
    expect(await radius.accepts('user-12', password)).toBe(false);
    await change('clients.balance_notzero', 12);
    expect(await radius.accepts('user-12', password)).toBe(true);
    await change('clients.delete', 12);
    expect(await radius.accepts('user-12', password)).toBe(false);
    expect(await database.query("select 1 from radusergroup where username = 'user-12'")).toEqual([]);
  });

  it('the running sessions of a blocked client are told to end, and no others', async () => {
    await create(13);
    await create(14);
    await session('user-13', 'one');
    await session('user-13', 'two');
    await session('user-14', 'another');
    await change('clients.balance_zero', 13);
    expect([...nas.sessions.keys()]).toEqual(['another']);
    expect(nas.requests.map(({ userName, sessionId }) => `${userName} ${sessionId}`).sort()).toEqual([
      'user-13 one',
      'user-13 two',
    ]);
  });

  it('a session that the NAS does not know has ended', async () => {
    await create(15);
    await radius.startSession('user-15', 'gone');
    await change('clients.balance_zero', 15);
    expect(nas.requests).toEqual([{ userName: 'user-15', sessionId: 'gone' }]);
  });

  it('a NAS that does not answer is asked again, and the user is refused meanwhile', async () => {
    await create(16);
    await session('user-16', 'stays');
    nas.isSilent = true;
    const id = await kitchen.publish({ type: 'clients.balance_zero', objectId: 16, data: {} });
    await kitchen.waiting(id);
    expect(await radius.accepts('user-16', password)).toBe(false);
    nas.isSilent = false;
    const event = await kitchen.done(id);
    expect(event.executions.at(-1)!.attempts[0]).toMatchObject({ outcome: 'retryable' });
    expect([...nas.sessions.keys()]).toEqual([]);
  });

  it('a NAS that does not answer keeps up no session of another one', async () => {
    await create(21);
    await session('user-21', 'here');
    // Nothing answers at this address of loopback, and its session is the newest.
    await radius.startSession('user-21', 'elsewhere', '127.9.9.9');
    const id = await kitchen.publish({ type: 'clients.balance_zero', objectId: 21, data: {} });
    const attempt = await kitchen.waitingFor(id, 'the NAS 127.9.9.9 does not answer');
    expect(attempt).toMatchObject({ outcome: 'retryable' });
    expect([...nas.sessions.keys()]).toEqual([]);
    await database.query("update radacct set acctstoptime = now() where acctsessionid = 'elsewhere'");
    await kitchen.done(id);
  });

  it('a NAS that refuses for good is a failure for a person', async () => {
    await create(17);
    await session('user-17', 'stays');
    nas.refusal = 501; // Administratively prohibited.
    const event = await kitchen.settled(
      await kitchen.publish({ type: 'clients.balance_zero', objectId: 17, data: {} }),
    );
    expect(event).toMatchObject({ status: 'failed' });
    expect(event.executions.at(-1)!.attempts).toMatchObject([{ outcome: 'permanent' }]);
  });

  it('a client is deleted even if the NAS never ends its session', async () => {
    await create(24);
    await session('user-24', 'stays');
    nas.refusal = 501;
    const event = await kitchen.settled(await kitchen.publish({ type: 'clients.delete', objectId: 24, data: {} }));
    expect(event.status).toBe('failed');
    expect(event.executions.map(({ status }) => status)).toEqual(['succeeded', 'failed', 'succeeded']);
    expect(await database.query("select 1 from radusergroup where username = 'user-24'")).toEqual([]);
  });

  it('doing it twice does it once, and a client that is deleted does not come back', async () => {
    await create(18);
    await change('clients.balance_zero', 18);
    // Created again while blocked, as by a replay: it stays blocked.
    await create(18);
    expect(await radius.accepts('user-18', password)).toBe(false);
    const rows = await database.query("select attribute from radcheck where username = 'user-18'");
    expect(rows).toHaveLength(1);
    await change('clients.delete', 18);
    await change('clients.balance_notzero', 18);
    expect(await database.query("select 1 from radusergroup where username = 'user-18'")).toEqual([]);
  });

  it('FreeRADIUS is killed in the middle: changes reach it when it is back', async () => {
    await create(19);
    await radius.server.kill();
    await change('clients.balance_zero', 19);
    await radius.server.start();
    expect(await radius.accepts('user-19', password)).toBe(false);
  });

  it('a database that is read only is waited for, and the attempt says so', async () => {
    const id = await database.whileReadOnly(async () => {
      const waits = await kitchen.publish({
        type: 'clients.create',
        objectId: 22,
        data: { radius_password: password },
      });
      expect(await kitchen.waitingFor(waits, 'in a read-only transaction')).toMatchObject({ outcome: 'retryable' });
      return waits;
    });
    await kitchen.done(id);
    expect(await radius.accepts('user-22', password)).toBe(true);
  });

  it('a database that is full is waited for, and the attempt shows no password', async () => {
    // As PostgreSQL says it; a trigger does, because the disk of all tests cannot be filled.
    await database.query(`
      create function full_disk() returns trigger language plpgsql as $$
      begin raise exception using errcode = '53100', message = 'could not extend file', detail = new.value; end $$;
      create trigger full_disk before insert on radcheck for each row execute function full_disk()`);
    const id = await kitchen.publish({
      type: 'clients.create',
      objectId: 23,
      data: { radius_password: 'hidden-word' },
    });
    const attempt = await kitchen.waitingFor(id, 'ERROR:  53100: could not extend file');
    expect(attempt).toMatchObject({ outcome: 'retryable' });
    expect(JSON.stringify(attempt)).not.toContain('hidden-word');
    await database.query('drop function full_disk cascade');
    await kitchen.done(id);
    expect(await radius.accepts('user-23', 'hidden-word')).toBe(true);
  });

  it('a password reaches FreeRADIUS as it is, or is refused', async () => {
    const fit = [
      `a'b"c\\d`,
      'end\\',
      '\\n\\101',
      '"a',
      ' x ',
      'ü€😀',
      '%{User-Name}',
      'a\nb\t',
      '=41',
      '; drop table radcheck',
    ];
    const unfit = ['`id`', '"a"', "'", '', 'a\0b', '\ud800', 'x'.repeat(254), 7, {}, null];
    const create = (value: unknown, index: number) =>
      kitchen.publish({ type: 'clients.create', objectId: 1000 + index, data: { radius_password: value } });
    const ids = await Promise.all([...fit, ...unfit].map(create));
    const events = await Promise.all(ids.map((id) => kitchen.settled(id)));
    for (const [index, value] of fit.entries()) {
      expect([value, events[index]!.status]).toEqual([value, 'succeeded']);
      expect([value, await radius.acceptsOctets(`user-${1000 + index}`, value)]).toEqual([value, true]);
    }
    for (const [index, value] of unfit.entries()) {
      const at = fit.length + index;
      expect([value, events[at]!.executions[0]!.attempts]).toMatchObject([value, [{ outcome: 'permanent' }]]);
    }
    const refused = unfit.map((_, index) => `user-${1000 + fit.length + index}`);
    expect(await database.query('select 1 from radcheck where username = any($1)', [refused])).toEqual([]);
  });

  it('names that FreeRADIUS cannot look up are refused, and do no harm', async () => {
    const names = ["x'; drop table radcheck; --", '%{exec:reboot}', '"', '<&]]>', '`id`', 'a\\nb', ' ', '\u202e'];
    const data = { id: 1, radius_password: password };
    const ids = await Promise.all(
      names.map((objectId, index) => kitchen.publish({ type: 'clients.create', objectId, data, key: `odd ${index}` })),
    );
    for (const [index, id] of ids.entries()) {
      const { executions } = await kitchen.settled(id);
      expect([names[index], executions[0]!.attempts]).toMatchObject([names[index], [{ outcome: 'permanent' }]]);
    }
    const users = names.map((name) => `user-${name}`);
    expect(await database.query('select 1 from radcheck where username = any($1)', [users])).toEqual([]);
  });
});
