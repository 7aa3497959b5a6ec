import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountService } from './servers/account-service.ts';
import { Kitchen } from './support/kitchen.ts';

/** An answer with an id, in whatever form. */
const created = (id: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:CreateAccountResponse xmlns:m="urn:m">` +
  `<accountId>${id}</accountId></m:CreateAccountResponse></s:Body></s:Envelope>`;
const bomb = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>';

describe('the recipe for SOAP', () => {
  const service = new AccountService();
  let kitchen: Kitchen;

  beforeAll(async () => {
    await service.start();
    kitchen = await Kitchen.open();
    await kitchen.follow(
      'soap',
      {
        SOAP_URL: service.url,
        SOAP_PATH: service.path,
        SOAP_NAMESPACE: service.namespace,
        SOAP_USER: service.user,
        SOAP_PASSWORD: service.password,
      },
      ({ handlers }) => {
        for (const handler of handlers) handler['retry'] = { maxAttempts: 12, schedule: ['1s'] };
      },
    );
  }, 180_000);

  afterAll(async () => {
    await kitchen[Symbol.asyncDispose]();
    await service.kill();
  });

  beforeEach(() => {
    service.faultStatus = 500;
    service.trouble = undefined;
    service.page = undefined;
    service.pageType = 'text/html';
    service.calls.length = 0;
  });

  const happens = (type: string, objectId: number | string, data: object = {}) =>
    kitchen.happens({ type, objectId, data, key: String(objectId) });
  const reasons = ({ executions }: Awaited<ReturnType<typeof happens>>) =>
    executions.map(({ attempts }) => attempts.at(-1)!.reason);

  it('an account is created and activated with the id of the answer, and deleted', async () => {
    await happens('clients.create', 12, { name: 'Acme' });
    expect(service.accounts.get('12')).toMatchObject({ name: 'Acme', active: true });
    expect(service.calls).toEqual(['CreateAccount', 'ActivateAccount']);
    await happens('clients.delete', 12);
    expect(service.accounts.has('12')).toBe(false);
  });

  it.each([500, 200])('faults with status %d are judged', async (status) => {
    service.faultStatus = status;
    const id = `f${status}`;
    await happens('clients.create', id, { name: 'one' });
    expect(reasons(await happens('clients.create', id, { name: 'two' }))).toEqual(['already_exists', null]);
    await happens('clients.delete', id);
    expect(reasons(await happens('clients.delete', id))).toEqual(['already_gone']);
    service.trouble = { faultcode: 'soap:Client', faultstring: 'name is too long', statusCode: status };
    const event = await kitchen.settled(
      await kitchen.publish({ type: 'clients.create', objectId: id, data: { name: 'x' } }),
    );
    expect(event.executions[0]!.attempts).toMatchObject([{ outcome: 'permanent', reason: 'soap_client_fault' }]);
  });

  it.each([500, 200])('a service that cannot work now, with status %d, is asked again', async (status) => {
    service.trouble = { faultcode: 'soap:Server', faultstring: 'database is full', statusCode: status };
    const id = await kitchen.publish({ type: 'clients.create', objectId: `s${status}`, data: { name: 'x' } });
    const waits = await kitchen.waiting(id);
    expect(waits.executions[0]!.attempts[0]).toMatchObject({ outcome: 'retryable', reason: 'soap_fault' });
    service.trouble = undefined;
    await kitchen.done(id);
    expect(service.accounts.get(`s${status}`)).toMatchObject({ active: true });
  });

  it.each<[string, string | Buffer]>([
    ['a page', '<html><body>maintenance</body></html>'],
    ['no XML', 'ok'],
    ['another document', '<Envelope/>'],
    ['JSON', '{}'],
    ['nothing', ''],
    ['an entity bomb', bomb + created('&c;')],
    ['an external entity', `<!DOCTYPE a [<!ENTITY c SYSTEM "file:///etc/passwd">]>${created('&c;')}`],
    ['a control character', created('\u0001')],
    ['an envelope that is cut off', created('1').slice(0, -20)],
    ['100,000 elements in each other', created('<a>'.repeat(100_000) + '</a>'.repeat(100_000))],
    ['10 MB', created('x'.repeat(10_000_000))],
  ])('200 with %s is no success, and is asked again', async (name, page) => {
    service.page = page;
    const objectId = `p ${name}`;
    const id = await kitchen.publish({ type: 'clients.create', objectId, data: { name: 'x' }, key: objectId });
    expect(await kitchen.waitingFor(id, 'not_soap')).toMatchObject({ outcome: 'retryable' });
    service.page = undefined;
    await kitchen.done(id);
    expect(service.accounts.get(objectId)).toMatchObject({ active: true });
  });

  it.each<[string, string, string | Buffer, string]>([
    ['UTF-16 with a mark', 'text/xml', Buffer.from(`\ufeff${created('ü')}`, 'utf16le'), 'ü'],
    [
      'ISO 8859-1',
      'text/xml',
      Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${created('ü')}`, 'latin1'),
      'ü',
    ],
    ['CDATA and numbers', 'application/soap+xml', created('<![CDATA[<&]]>]]&#62;&amp;'), '<&]]>&'],
    [
      'an attachment of 10 MB',
      'multipart/related; type="application/xop+xml"; start="<r>"; boundary="b 1"',
      `--b 1\r\nContent-ID: <r>\r\n\r\n${created('M-1')}\r\n--b 1\r\nContent-ID: <f>\r\n\r\n${'x'.repeat(10_000_000)}\r\n--b 1--`,
      'M-1',
    ],
  ])('an id in %s is kept', async (name, type, page, expected) => {
    service.page = page;
    service.pageType = type;
    const event = await happens('clients.create', `k ${name}`, { name: 'x' });
    expect(event.executions[0]).toMatchObject({ kept: { accountId: expected } });
  });

  it('a fault that tells of a wrong envelope is not sent again', async () => {
    service.trouble = { faultcode: 'soap:MustUnderstand', faultstring: 'Security', statusCode: 500 };
    const id = await kitchen.publish({ type: 'clients.create', objectId: 'm', data: { name: 'x' } });
    expect((await kitchen.settled(id)).executions[0]!.attempts).toMatchObject([{ reason: 'soap_client_fault' }]);
  });

  it.each([503, 507, 429])('a service that is full, and says %d, is asked again', async (status) => {
    service.trouble = { faultcode: 'soap:Server.Busy', faultstring: 'disk full', statusCode: status };
    const id = await kitchen.publish({ type: 'clients.create', objectId: `full${status}`, data: { name: 'x' } });
    await kitchen.waiting(id);
    service.trouble = undefined;
    await kitchen.done(id);
    expect(service.accounts.get(`full${status}`)).toMatchObject({ active: true });
  });

  it('the service is killed in the middle: nothing is lost, and no account is made twice', async () => {
    await service.kill();
    const id = await kitchen.publish({ type: 'clients.create', objectId: 13, data: { name: 'late' } });
    await kitchen.waiting(id);
    await service.start();
    await kitchen.done(id);
    expect(service.accounts.get('13')).toMatchObject({ name: 'late', active: true });
  });

  it.each(['<b>&amp;</b>', ']]>', '"\'', 'ünï 😀', 'a\nb', '{{ event.id }}', '${SOAP_URL}', '<!DOCTYPE a>', '&#1;'])(
    'every text arrives as it is: %j',
    async (name) => {
      await happens('clients.create', 'text', { name });
      expect(service.accounts.get('text')?.name).toBe(name);
      await happens('clients.delete', 'text');
    },
  );

  it('a long text arrives, and one that is too long is not sent', async () => {
    const long = 'ü<'.repeat(100_000);
    await happens('clients.create', 'long', { name: long });
    expect(service.accounts.get('long')?.name).toBe(long);
    service.calls.length = 0;
    const id = await kitchen.publish({
      type: 'clients.create',
      objectId: 'longer',
      data: { name: '<'.repeat(500_000) },
    });
    const [attempt] = (await kitchen.settled(id)).executions[0]!.attempts;
    expect(attempt).toMatchObject({ outcome: 'permanent', reason: 'template_failed', reached: 'no' });
    expect(attempt!.message).toMatch(/task\.body .*bytes/);
    expect(service.calls).toEqual([]);
  });

  it('a wrong password is tried again, and its correction is enough', async () => {
    const { password } = service;
    service.password = 'renewed';
    const id = await kitchen.publish({ type: 'clients.create', objectId: 'p', data: { name: 'x' } });
    expect(await kitchen.waitingFor(id, 'soap_login')).toMatchObject({ outcome: 'retryable' });
    service.password = password;
    await kitchen.done(id);
  });

  it.each(['a\u0001b', '\u0000', '\ufffe', '\ud800', 'x\udc00'])(
    'a text that XML cannot hold is not sent: %j',
    async (name) => {
      const event = await kitchen.settled(
        await kitchen.publish({ type: 'clients.create', objectId: 14, data: { name } }),
      );
      expect(event.executions[0]!.attempts).toMatchObject([
        { outcome: 'permanent', reason: 'template_failed', reached: 'no' },
      ]);
      expect(service.calls).toEqual([]);
    },
  );
});
