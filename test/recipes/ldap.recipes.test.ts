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

  beforeAll(async () => {
    kitchen = await Kitchen.open();
    slapd = await startSlapd(kitchen.supervisor, found!.slapd);
    await kitchen.configure('ldap', 'ldap.ini', [
      '[server]',
      `url = ${slapd.url}`,
      `bind_dn = ${slapd.rootDn}`,
      `password = ${slapd.password}`,
      '[entry]',
      `base = ${slapd.base}`,
      '[attributes]',
      'cn = data.name, event.object_id',
      'sn = data.name, event.object_id',
      'description = data.status',
      "employeeType = 'client'",
    ]);
    await kitchen.follow('ldap', {}, ({ handlers }) => {
      for (const handler of handlers) handler['retry'] = { maxAttempts: 12, schedule: ['1s'] };
    });
  }, 180_000);

  afterAll(() => kitchen[Symbol.asyncDispose](), 60_000);

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
  }, 90_000);

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
  }, 90_000);

  it.each(['a,b=c+d"<>;\\#', ' with spaces ', 'ünï 😀', '*)(uid=*', '-', 'a]]>&amp;<b>'])(
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
});
