import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { startSlapd, type PrivateSlapd } from './servers/slapd.ts';
import { Kitchen } from './support/kitchen.ts';
import { programs } from '../../tools/telecom/programs.ts';

const found = await programs('slapd', 'ldapmodify', 'python3');

onlyWhere(
  describe,
  found !== undefined,
  'slapd, ldap-utils and python3',
)('the recipe for LDAP', () => {
  let kitchen: Kitchen;
  let slapd: PrivateSlapd;

  const person = [
    'cn = data.name, event.object_id',
    'sn = data.name, event.object_id',
    'description = data.status',
    "employeeType = 'client'",
  ];

  beforeAll(async () => {
    kitchen = await Kitchen.open();
    slapd = await startSlapd(kitchen.supervisor, found!.slapd);
    await configure({ server: [], password: slapd.password, entry: [`base = ${slapd.base}`], attributes: person });
    await follow();
  }, 180_000);

  afterAll(() => kitchen[Symbol.asyncDispose](), 60_000);

  const configure = ({
    server,
    password,
    entry,
    attributes,
  }: Record<'server' | 'entry' | 'attributes', string[]> & { password: string }) =>
    kitchen.configure('ldap', 'ldap.ini', [
      '[server]',
      `url = ${slapd.url}`,
      `bind_dn = ${slapd.rootDn}`,
      `password = ${password}`,
      ...server,
      '[entry]',
      ...entry,
      '[attributes]',
      ...attributes,
    ]);
  const follow = (given: Readonly<Record<string, string>> = {}) =>
    kitchen.follow('ldap', given, ({ handlers }) => {
      for (const handler of handlers) handler['retry'] = { maxAttempts: 12, schedule: ['1s'] };
    });
  const happens = (type: string, objectId: number | string, data: object = {}) =>
    kitchen.happens({ type, objectId, data });
  const reasons = ({ executions }: Awaited<ReturnType<typeof happens>>) =>
    executions.map(({ attempts }) => attempts.at(-1)!.reason);

  it('an entry is added, changed and removed', async () => {
    expect(reasons(await happens('clients.create', 12, { name: 'Acme', status: 'active' }))).toEqual([null, null]);
    expect(await slapd.entry('12')).toMatchObject({
      cn: ['Acme'],
      sn: ['Acme'],
      description: ['active'],
      employeeType: ['client'],
    });
    await happens('clients.update', 12, { name: 'Acme Telecom' });
    expect(await slapd.entry('12')).toMatchObject({ cn: ['Acme Telecom'], description: ['active'] });
    await happens('clients.delete', 12);
    expect(await slapd.entry('12')).toBeUndefined();
  });

  it('an entry that exists is a success, and gets the values; one that has gone is gone', async () => {
    await happens('clients.create', 13, { name: 'Old' });
    expect(reasons(await happens('clients.create', 13, { name: 'New' }))).toEqual(['already_exists', null]);
    expect(await slapd.entry('13')).toMatchObject({ cn: ['New'] });
    await happens('clients.delete', 13);
    expect(reasons(await happens('clients.delete', 13))).toEqual(['already_gone']);
  });

  it('a change of what is not there is a failure for a person', async () => {
    const event = await kitchen.settled(
      await kitchen.publish({ type: 'clients.update', objectId: 14, data: { name: 'x' } }),
    );
    expect(event.executions[0]!.attempts).toMatchObject([{ outcome: 'permanent', reason: 'no_such_entry' }]);
  });

  it('the server is killed in the middle: nothing is lost, and nothing overtakes', async () => {
    await happens('clients.create', 15, { name: 'first' });
    await slapd.server.kill();
    const ids: string[] = [];
    for (const name of ['second', 'third']) {
      ids.push(await kitchen.publish({ type: 'clients.update', objectId: 15, data: { name } }));
    }
    await kitchen.waiting(ids[0]!);
    await slapd.server.start();
    for (const id of ids) await kitchen.done(id);
    expect(await slapd.entry('15')).toMatchObject({ cn: ['third'] });
  });

  it('a server that answers nothing for a while is asked again, and the last word of billing counts', async () => {
    await happens('clients.create', 17, { name: 'first' });
    const ids = await slapd.server.whileFrozen(async () => {
      const published: string[] = [];
      for (const name of ['second', 'third']) {
        published.push(await kitchen.publish({ type: 'clients.update', objectId: 17, data: { name } }));
      }
      expect(await kitchen.waitingFor(published[0]!, 'does not answer in time')).toMatchObject({
        outcome: 'retryable',
      });
      return published;
    });
    for (const id of ids) await kitchen.done(id);
    expect(await slapd.entry('17')).toMatchObject({ cn: ['third'] });
  });

  it('a change without a name leaves the name as it is', async () => {
    await happens('clients.create', 18, { name: 'Acme', status: 'active' });
    await happens('clients.update', 18, { status: 'late' });
    expect(await slapd.entry('18')).toMatchObject({ cn: ['Acme'], sn: ['Acme'], description: ['late'] });
    // What the directory does not have concerns it not.
    await happens('clients.update', 18, { limit: 5 });
    expect(await slapd.entry('18')).toMatchObject({ cn: ['Acme'], description: ['late'] });
  });

  it('a server without room is asked again, and tells so; other clients go on', async () => {
    await happens('clients.create', 19, { name: 'first' });
    await slapd.fill();
    const names = ['second', 'third'].map((name) => name.repeat(10_000));
    const ids: string[] = [];
    for (const name of names) {
      ids.push(await kitchen.publish({ type: 'clients.update', objectId: 19, data: { name } }));
    }
    const attempt = await kitchen.waitingFor(ids[0]!, 'ldap_unable');
    expect(attempt).toMatchObject({ outcome: 'retryable', response: { script: { exitCode: 80, stdout: '' } } });
    expect(JSON.stringify(attempt.response)).toContain('ldap_modify: Other');
    expect(reasons(await happens('clients.delete', 20))).toEqual(['already_gone']);
    await slapd.makeRoom();
    for (const id of ids) await kitchen.done(id);
    expect(await slapd.entry('19')).toMatchObject({ cn: [names[1]] });
  });

  it.each(['a,b=c+d"<>;\\#', ' with spaces ', 'ünï 😀', '*)(uid=*', '-', '-x', '--config=/x', 'a]]>&amp;<b>'])(
    'every text is a value, and no more: %j',
    async (text) => {
      await kitchen.happens({ type: 'clients.create', objectId: text, data: { name: text }, key: 'odd' });
      expect(await slapd.entry(text)).toMatchObject({ cn: [text], objectClass: ['inetOrgPerson'] });
      await kitchen.happens({ type: 'clients.delete', objectId: text, data: {}, key: 'odd' });
      expect(await slapd.entry(text)).toBeUndefined();
    },
  );

  it('a line break in a value begins no line of the change', async () => {
    const name = 'x\nobjectClass: top\n-\nchangetype: delete';
    await happens('clients.create', 16, { name });
    expect(await slapd.entry('16')).toMatchObject({ cn: [name], objectClass: ['inetOrgPerson'] });
  });

  it('a wrong password is tried again, and its correction is enough', async () => {
    const usual = { server: [], entry: [`base = ${slapd.base}`], attributes: person };
    await configure({ ...usual, password: 'wrong' });
    const id = await kitchen.publish({ type: 'clients.create', objectId: 21, data: { name: 'Acme' } });
    expect(await kitchen.waitingFor(id, 'ldap_login')).toMatchObject({ outcome: 'retryable' });
    await configure({ ...usual, password: slapd.password });
    await kitchen.done(id);
    expect(await slapd.entry('21')).toMatchObject({ cn: ['Acme'] });
  });

  it('another tree: names by mail, other classes, texts with fields, several values, StartTLS', async () => {
    const entry = [`base = ${slapd.otherBase}`, 'rdn = mail', 'classes = inetOrgPerson posixAccount'];
    const attributes = [
      'cn = data.name, event.object_id',
      "sn = data.contact.sn, 'none'",
      'uid = data.login, event.object_id',
      'uidNumber = event.object_id',
      "gidNumber = '100'",
      "homeDirectory = '/home/{data.login}', '/home/c{event.object_id}'",
      "userPassword = '{SASL}a, b@TEST'",
      'telephoneNumber = data.phones',
    ];
    const { password } = slapd;
    await configure({ server: ['starttls = yes', 'ca = /dev/null'], password, entry, attributes });
    await follow({ LDAP_NAME: 'string(event.object_id) + "@kunden.test"' });
    const data = { login: 'joe', phones: ['+49 1', '+49 2', '+49 1', null] };
    const id = await kitchen.publish({ type: 'clients.create', objectId: 22, data });
    await kitchen.waitingFor(id, 'ldap_unable');
    await configure({ server: ['starttls = yes', `ca = ${slapd.ca}`], password, entry, attributes });
    await kitchen.done(id);
    const find = () => slapd.find(slapd.otherBase, 'mail', '22@kunden.test');
    expect(await find()).toMatchObject({
      objectClass: ['inetOrgPerson', 'posixAccount'],
      cn: ['22'],
      sn: ['none'],
      homeDirectory: ['/home/joe'],
      userPassword: ['{SASL}a, b@TEST'],
      telephoneNumber: ['+49 1', '+49 2'],
    });
    await happens('clients.update', 22, { name: 'Söhne, & Co.', login: 'jim' });
    expect(await find()).toMatchObject({ cn: ['Söhne, & Co.'], sn: ['none'], homeDirectory: ['/home/jim'] });
    await happens('clients.create', 23);
    expect(await slapd.find(slapd.otherBase, 'mail', '23@kunden.test')).toMatchObject({
      homeDirectory: ['/home/c23'],
    });
    await happens('clients.delete', 22);
    expect(await find()).toBeUndefined();
  });
});
