import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cloudEventsJsonType, decodeBillingEvent, intakeTopology, maxEventBytes } from '#contracts';
import {
  attributesOf,
  binaryText,
  inMode,
  refusedCases,
  structuredText,
  takenCases,
  type CloudEventCase,
  type Mode,
} from '../../../../test/support/cloud-event-cases.ts';
import { openInbox, type Inbox } from '../testing/inbox.ts';
import { errorFields, startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';

/** As the HTTP binding has attributes in headers. */
function encoded(value: string): string {
  return value.replace(/[^\x21-\x7e]|["%]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

describe('conformance of CloudEvents in: POST /events', () => {
  let registry: TestRegistry;
  let inbox: Inbox;
  beforeAll(async () => {
    registry = await startRegistry();
    inbox = await openInbox(registry.sandbox.amqpUrl, intakeTopology);
  });
  afterAll(async () => {
    await inbox[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
  });

  const post = (body: string, headers: Record<string, string>): Promise<Answer> =>
    registry.call('POST', '/api/v1/events', { body, headers });

  function send(given: CloudEventCase, mode: Mode): Promise<Answer> {
    if (mode === 'structured') return post(structuredText(given), { 'content-type': cloudEventsJsonType });
    const attributes = Object.entries(attributesOf(given)).map(([name, value]) => [
      `CE-${name}`,
      encoded(value as string),
    ]);
    const { contentType = 'application/json' } = given;
    return post(binaryText(given), { 'content-type': contentType, ...(Object.fromEntries(attributes) as object) });
  }

  describe.each(['structured', 'binary'] as const)('%s', (mode) => {
    it.each(inMode(mode, takenCases).map((given) => [given.name, given] as const))('%s is taken', async (_, given) => {
      const { type, id, subject, source } = attributesOf(given);
      expect(await send(given, mode)).toMatchObject({ status: 202, body: { id } });
      const delivery = await inbox.next();
      const event = decodeBillingEvent(delivery.content, delivery);
      expect(event).toMatchObject({ type, id, objectId: subject });
      expect(JSON.parse(event.body)).toMatchObject({ cloudevent_attributes: { source } });
      if (given.occurredAt !== undefined) expect(event.occurredAt).toBe(given.occurredAt);
    });

    it.each(inMode(mode, refusedCases).map((given) => [given.name, given] as const))(
      '%s is refused',
      async (_, given) => {
        const answer = await send(given, mode);
        expect(answer.status).toBe(400);
        expect(errorFields(answer)).toEqual(given.fields);
      },
    );
  });

  const required = { 'ce-specversion': '1.0', 'ce-id': 'e', 'ce-source': '/b', 'ce-type': 'clients.update' };
  const passedOn = async (headers: Record<string, string>): Promise<unknown> => {
    expect(await post('{}', { ...required, ...headers })).toMatchObject({ status: 202 });
    const delivery = await inbox.next();
    return decodeBillingEvent(delivery.content, delivery).objectId;
  };

  it.each([
    ['what the binding gives as its example', 'Euro%20%E2%82%AC%20%F0%9F%98%80', 'Euro € 😀'],
    ['lower-case codes', '%e2%82%ac', '€'],
    ['what need not be encoded', '%41', 'A'],
    ['one round of decoding', '%2541', '%41'],
    ['a quoted string of older senders', '"a \\"b\\" c"', 'a "b" c'],
  ])('HTTP 3.1.3.2: %s', async (_name, subject, read) => {
    expect(await passedOn({ 'ce-subject': subject })).toBe(read);
  });

  it.each([
    ['an overlong encoding', '%C0%A0'],
    ['half a character', '%E2%82'],
  ])('HTTP 3.1.3.2: %s is refused', async (_name, subject) => {
    expect(errorFields(await post('{}', { ...required, 'ce-subject': subject }))).toEqual(['subject']);
  });

  it('HTTP 3.1.1: the content type says what the data is, whatever else does', async () => {
    expect(await passedOn({ 'ce-subject': '12', 'ce-datacontenttype': 'text/xml' })).toBe('12');
    const xml = { ...required, 'ce-subject': '12', 'content-type': 'application/xml' };
    expect((await post('<a/>', xml)).status).toBe(415);
  });

  it('HTTP 3.2: media types in any case', async () => {
    const contentType = { 'content-type': 'Application/CloudEvents+JSON; Charset=UTF-8' };
    expect(await post(structuredText(takenCases[0]!), contentType)).toMatchObject({ status: 202 });
    await inbox.next();
  });

  it('HTTP 3.3: a batch is refused, and told so', async () => {
    const batch = await post(`[${structuredText(takenCases[0]!)}]`, {
      'content-type': 'application/cloudevents-batch+json',
    });
    expect(batch).toMatchObject({
      status: 415,
      body: { detail: expect.stringContaining('publish each event by itself') },
    });
  });

  it('is no larger than any other event', async () => {
    const large = { ...takenCases[0]!, data: JSON.stringify({ text: 'x'.repeat(maxEventBytes) }) };
    for (const mode of ['structured', 'binary'] as const) expect((await send(large, mode)).status).toBe(413);
  });
});
