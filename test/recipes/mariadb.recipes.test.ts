import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { kamailioConfiguration, startKamailio, type PrivateKamailio } from '../../tools/telecom/kamailio.ts';
import { makeCall, startAnsweringSide } from '../../tools/telecom/sipp.ts';
import { programs } from '../../tools/telecom/programs.ts';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { freeradiusTables, startFreeradius, type PrivateFreeradius } from './servers/freeradius.ts';
import { startMariadb, type PrivateMariadb } from './servers/mariadb.ts';
import { Nas } from './servers/nas.ts';
import { Kitchen } from './support/kitchen.ts';

const found = await programs('kamailio', 'sipp', 'freeradius', 'radclient', 'mariadbd', 'mariadb', 'python3');

/** As an operator has them who has never heard of the recipe. */
const kamailioTables = `
  create table version (table_name varchar(32) primary key, table_version integer not null default 0);
  create table sip_users (
    id int auto_increment primary key,
    login varchar(64) not null,
    realm varchar(64) not null,
    digest varchar(128) not null,
    client varchar(64) not null,
    Tariff varchar(20) not null,
    note mediumtext not null,
    unique (login, realm)
  );
  create table block_list (
    id int auto_increment primary key,
    k varchar(64) not null,
    key_type int not null default 0,
    value_type int not null default 0,
    v varchar(128) not null,
    expires int not null default 0
  );
  insert into version values ('sip_users', 7), ('block_list', 2);
`;
const radiusNames = { radcheck: 'rad_users', radusergroup: 'rad_groups', radacct: 'sessions' };
const rpcPassword = 'pass "word" \\ ü';

/** What the operator has changed in the configuration of the recipe. */
const kamailioChanges: readonly (readonly [string, string])[] = [
  ['db_postgres.so', 'db_mysql.so'],
  ['"calculate_ha1", 0)', '"calculate_ha1", 0)\nmodparam("auth_db", "user_column", "login")'],
  ['"password_column", "ha1")', '"password_column", "digest")\nmodparam("auth_db", "domain_column", "realm")'],
  ['"use_domain", 1)', '"use_domain", 1)\nmodparam("auth_db", "load_credentials", "$avp(client)=client")'],
  ['"subscriber"', '"sip_users"'],
  [
    'modparam("htable", "htable", "block=>size=10;dbtable=htable;")',
    'modparam("htable", "key_name_column", "k")\nmodparam("htable", "key_value_column", "v")\n' +
      'modparam("htable", "htable", "unpaid=>size=10;dbtable=block_list;")',
  ],
  ['$sht(block=>$au)', '$sht(unpaid=>$avp(client))'],
  ['"^/RPC"', '"^/other/rpc"'],
  [
    'jsonrpc_dispatch();',
    `if ($hdr(Authorization) != "Basic ${Buffer.from(`provisor:${rpcPassword}`).toString('base64')}") {
        xhttp_reply("401", "Unauthorized", "text/plain", "");
        exit;
    }
    jsonrpc_dispatch();`,
  ],
];

onlyWhere(
  describe,
  found !== undefined,
  'kamailio, sip-tester, freeradius, radclient, mariadbd, mariadb and python3',
)('the recipes for Kamailio and FreeRADIUS, with MariaDB and names of an operator', () => {
  const { kamailio: kamailioProgram, sipp, freeradius: freeradiusProgram } = found!;
  const nasSecret = `s'e"c\\r#e;t $x %{y} é !`;
  let kitchen: Kitchen;
  let mariadb: PrivateMariadb;
  let kamailio: PrivateKamailio;
  let radius: PrivateFreeradius;
  let nas: Nas;

  beforeAll(async () => {
    kitchen = await Kitchen.open();
    mariadb = await startMariadb(kitchen.supervisor, ['voip', 'isp']);
    await mariadb.query(kamailioTables, 'voip');
    await mariadb.query(await freeradiusTables('mysql'), 'isp');
    for (const [name, other] of Object.entries(radiusNames)) {
      await mariadb.query(`rename table ${name} to ${other}`, 'isp');
    }
    nas = await Nas.start(nasSecret);
    const answering = await startAnsweringSide(kitchen.supervisor, sipp);
    kamailio = await startKamailio({
      supervisor: kitchen.supervisor,
      program: kamailioProgram,
      databaseUrl: mariadb.url('server', 'voip'),
      nextHopPort: answering.port,
      configuration: await operatorsKamailio(kitchen.supervisor.dataDir),
      rpcPath: '/other/rpc',
      memoryMib: 4,
    });
    radius = await startFreeradius(kitchen.supervisor, {
      program: freeradiusProgram,
      databaseUrl: mariadb.url('server', 'isp'),
      names: radiusNames,
    });
    await kitchen.configure('kamailio', 'kamailio.ini', [
      ...['[database]', `url = ${mariadb.url('recipe', 'voip')}`],
      ...['[subscriber]', 'realm = sip.provisor.test', 'table = sip_users', 'username = login', 'domain = realm'],
      ...['ha1 = digest', 'ha1b =', 'client = client'],
      ...['[columns]', 'Tariff = flat', 'note = data.note'],
      ...['[htable]', 'table = block_list', 'key = k', 'value = v'],
      ...['[passwords]', 'field = sip_password'],
    ]);
    await kitchen.configure('freeradius', 'radius.ini', [
      ...['[database]', `url = ${mariadb.url('recipe', 'isp')}`],
      ...['[groups]', 'active =', 'blocked = Debtors'],
      ...['[passwords]', 'attribute = MD5-Password', 'field = password_md5'],
      ...['[nas]', `port = ${nas.port}`, `127.0.0.0/24 = ${nasSecret}`, 'default = of another one'],
      ...['[tables]', ...Object.entries(radiusNames).map(([name, other]) => `${name} = ${other}`), 'nas ='],
    ]);
    await kitchen.follow(
      'kamailio',
      {
        KAMAILIO_URL: new URL(kamailio.rpcUrl).origin,
        KAMAILIO_RPC_PATH: '/other/rpc',
        KAMAILIO_HTABLE: 'unpaid',
        KAMAILIO_USER: 'data.auth_name + "@" + data.domain',
        KAMAILIO_KEY: '"c" + string(event.object_id)',
      },
      (set) => {
        set.targets[0]!['auth'] = { type: 'basic', username: 'provisor', password: rpcPassword };
        for (const handler of set.handlers) onlyForKind(handler, 'sip');
      },
    );
    await kitchen.follow('freeradius', { RADIUS_USER: 'data.mac' }, (set) => {
      for (const handler of set.handlers) onlyForKind(handler, 'radius');
    });
  }, 180_000);

  afterAll(async () => {
    await nas.close();
    await kitchen[Symbol.asyncDispose]();
  });

  beforeEach(() => {
    nas.refusal = undefined;
    nas.sessions.clear();
    nas.requests.length = 0;
  });

  const sip = (type: string, objectId: number, data: object = {}) => ({
    type,
    objectId,
    data: { kind: 'sip', ...data },
  });
  const subscriber = (id: number, data: object = {}) =>
    sip('clients.create', id, { auth_name: `u${id}`, domain: 'one.example', sip_password: 'pw', note: '', ...data });
  const call = (caller: string, domain: string, password = 'pw') =>
    makeCall({ program: sipp, proxyPort: kamailio.sipPort, caller, domain, secret: password });
  const radiusEvent = (type: string, objectId: number, data: object = {}) => ({
    type,
    objectId,
    data: { kind: 'radius', ...data },
  });

  it('clients of several domains call, and those without balance do not', async () => {
    await kitchen.happens(subscriber(1, { auth_name: 'ann', sip_password: `p'w"1` }));
    await kitchen.happens(subscriber(2, { auth_name: 'ann', domain: 'two.example' }));
    await kitchen.happens(sip('clients.balance_zero', 1));
    expect(await call('ann', 'one.example', `p'w"1`)).toBe(402);
    expect(await call('ann', 'two.example')).toBe(200);
    await kitchen.happens(sip('clients.balance_notzero', 1));
    expect(await call('ann', 'one.example', `p'w"1`)).toBe(200);
    await kitchen.happens(sip('clients.balance_zero', 1));
    await kitchen.happens(sip('clients.delete', 1));
    expect(await call('ann', 'one.example', `p'w"1`)).toBe(404);
    expect(await mariadb.query('select login, realm, Tariff, client from sip_users', 'voip')).toEqual([
      'ann\ttwo.example\tflat\tc2',
    ]);
    expect(await mariadb.query('select * from block_list', 'voip')).toEqual([]);
  });

  it('devices log in by hash, whatever their names, and all of a client are blocked', async () => {
    const hash = createHash('md5').update('pw').digest('hex');
    const names = ['AA-BB-CC-DD-EE-0F', 'John@ISP.example'];
    for (const mac of names) {
      await kitchen.happens(radiusEvent('clients.create', 3, { mac, password_md5: hash }));
      expect(await radius.accepts(mac, 'pw')).toBe(true);
      expect(await radius.accepts(mac, 'no')).toBe(false);
      await radius.startSession(mac, `of ${mac} #1=2`);
      nas.sessions.set(`of ${mac} #1=2`, mac);
    }
    await kitchen.happens(radiusEvent('clients.balance_zero', 3));
    expect(nas.requests.map(({ userName }) => userName).sort()).toEqual(names);
    expect([...nas.sessions]).toEqual([]);
    for (const mac of names) expect(await radius.accepts(mac, 'pw')).toBe(false);
    await kitchen.happens(radiusEvent('clients.balance_notzero', 3));
    for (const mac of names) expect(await radius.accepts(mac, 'pw')).toBe(true);
    await kitchen.happens(radiusEvent('clients.delete', 3));
    for (const mac of names) expect(await radius.accepts(mac, 'pw')).toBe(false);
    for (const table of ['rad_users', 'rad_groups'])
      expect(await mariadb.query(`select * from ${table}`, 'isp')).toEqual([]);
  });

  it.each([
    [506, 'Resources-Unavailable', 'retryable'],
    [402, 'Missing-Attribute', 'permanent'],
    [508, 'Multiple-Session-Selection-Unsupported', 'permanent'],
  ])('a NAS that refuses with Error-Cause %d, %s: %s', async (cause, word, outcome) => {
    await kitchen.happens(radiusEvent('clients.create', cause, { mac: `m${cause}`, password_md5: '0'.repeat(32) }));
    await radius.startSession(`m${cause}`, `s${cause}`);
    nas.sessions.set(`s${cause}`, `m${cause}`);
    nas.refusal = cause;
    const id = await kitchen.publish(radiusEvent('clients.balance_zero', cause));
    if (outcome === 'permanent') {
      const { executions } = await kitchen.settled(id);
      expect(executions.at(-1)!.attempts).toMatchObject([{ outcome }]);
      expect(JSON.stringify(executions.at(-1))).toContain(`does not end session s${cause}: ${word}`);
    } else {
      expect(await kitchen.waitingFor(id, word)).toMatchObject({ outcome });
      nas.refusal = undefined;
      await kitchen.done(id);
      expect([...nas.sessions]).toEqual([]);
    }
  });

  it('MariaDB is full: the client waits, others continue, and nothing is lost', async () => {
    await mariadb.query('create table filler (content longblob)', 'voip');
    let rows = 0;
    try {
      for (; rows < 100; rows++) await mariadb.query("insert into filler values (repeat('x', 200000))", 'voip');
    } catch (error) {
      expect(String(error)).toContain("The table 'filler' is full");
    }
    expect(rows).toBeLessThan(100);
    const id = await kitchen.publish(subscriber(4, { note: 'x'.repeat(300_000) }));
    expect(await kitchen.waitingFor(id, "The table 'sip_users' is full")).toMatchObject({ outcome: 'retryable' });
    const deletion = await kitchen.publish(sip('clients.delete', 4));
    await kitchen.waiting(deletion);
    await kitchen.happens(sip('clients.balance_notzero', 2));
    await mariadb.enlarge();
    await kitchen.done(id);
    await kitchen.done(deletion);
    expect(await mariadb.query("select 1 from sip_users where login = 'u4'", 'voip')).toEqual([]);
  });

  it.each([
    [
      'has a limit',
      "alter user recipe@'127.0.0.1' with max_queries_per_hour 1",
      "has exceeded the 'max_queries_per_hour'",
      "alter user recipe@'127.0.0.1' with max_queries_per_hour 0",
    ],
    ['is a replica', 'set global read_only = 1', 'running with the --read-only option', 'set global read_only = 0'],
  ])('MariaDB %s: the attempt says so, and is repeated', async (_, change, said, back) => {
    await mariadb.query(change);
    const id = await kitchen.publish(subscriber(6));
    expect(await kitchen.waitingFor(id, said)).toMatchObject({ outcome: 'retryable' });
    await mariadb.query(back);
    await kitchen.done(id);
  });

  it('Kamailio has no memory left: the block waits, is recorded, and holds after a restart', async () => {
    // Its key is longer than those that fill the list: it does not fit where they did not.
    const client = 800_000_000_000;
    await kitchen.happens(subscriber(client));
    expect(await call(`u${client}`, 'one.example')).toBe(200);
    await fillBlockList(kamailio.rpcUrl);
    const id = await kitchen.publish(sip('clients.balance_zero', client));
    // It refuses, or has not even memory for the connection, and closes it.
    const waits = await kitchen.waiting(id);
    expect(waits.executions[1]!.attempts[0]).toMatchObject({ outcome: 'retryable' });
    expect(JSON.stringify(waits.executions[1]!.attempts[0])).toMatch(/Failed to set the item|connection_reset/);
    await kamailio.server.kill();
    await kamailio.server.start();
    expect(await call(`u${client}`, 'one.example')).toBe(402);
    await kitchen.done(id);
  });

  it('a column that the settings do not name is a failure for a person, and shows no password', async () => {
    await mariadb.query('alter table sip_users add region varchar(10) not null', 'voip');
    const { executions } = await kitchen.settled(await kitchen.publish(subscriber(9)));
    expect(executions[0]!.attempts).toMatchObject([{ outcome: 'permanent' }]);
    const said = JSON.stringify(executions[0]);
    expect(said).toContain("Field 'region' doesn't have a default value");
    expect(said).not.toMatch(/digest|insert into/);
    await mariadb.query('alter table sip_users drop region', 'voip');
  });

  async function operatorsKamailio(folder: string): Promise<string> {
    let text = await readFile(kamailioConfiguration, 'utf8');
    for (const [one, other] of kamailioChanges) {
      if (!text.includes(one)) throw new Error(`the configuration of the recipe has no ${one}`);
      text = text.replace(one, () => other);
    }
    const file = join(folder, 'operator.cfg');
    await writeFile(file, text);
    return file;
  }

  async function fillBlockList(url: string): Promise<void> {
    const authorization = `Basic ${Buffer.from(`provisor:${rpcPassword}`).toString('base64')}`;
    let key = 0;
    for (let size = 3_000; size >= 1; key++) {
      const params = ['unpaid', `fill${key}`, 'x'.repeat(size)];
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'htable.sets', params });
      const response = await fetch(url, { method: 'POST', headers: { authorization }, body });
      if (!(await response.text()).includes('"result"')) size = Math.floor(size / 2);
    }
    expect(key).toBeGreaterThan(100);
  }
});

/** Both recipes have handlers for the same events. */
function onlyForKind(handler: Record<string, unknown>, kind: string): void {
  handler['condition'] = `data.kind == "${kind}"`;
}
