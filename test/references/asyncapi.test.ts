import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventTypes, isJsonObject, type Json } from '#contracts';
import { AsyncApiDocument } from './asyncapi-document.ts';

describe('docs/asyncapi.yaml', () => {
  let document: AsyncApiDocument;
  beforeAll(async () => {
    document = await AsyncApiDocument.read();
  });

  it('is AsyncAPI 3.0, as the specification has it', () => {
    expect(document.content['asyncapi']).toBe('3.0.0');
    expect(document.faults()).toEqual([]);
  });

  it('refers to nothing that is not there', () => {
    const references = referencesIn(document.content);
    expect(references.size).toBeGreaterThan(20);
    for (const reference of references)
      expect([reference, document.at(reference)]).toEqual([reference, expect.anything()]);
  });

  it('has a message for every event type, with an example of it', () => {
    const messages = Object.keys(document.at('#/channels/billingEvents/messages'));
    expect(messages).toEqual([...eventTypes.map(({ id }) => id), 'cloudEventStructured', 'cloudEventBinary']);
  });

  it('gives examples that fit', () => {
    for (const name of Object.keys(document.at('#/components/messages'))) {
      expect([name, document.differences(name, document.exampleOf(name))]).toEqual([name, []]);
    }
  });

  it('says of a message that does not fit what is wrong with it', () => {
    const payload = { event: { dt: 'soon', events_id: 'clients.delete', object_id: 1.5 }, data: {} };
    const differences = document.differences('clients.update', { headers: { 'partition-key': true }, payload });
    for (const place of [
      'headers/partition-key',
      'payload/event/dt',
      'payload/event/events_id',
      'payload/event/object_id',
      'payload/data',
    ]) {
      expect(differences).toContainEqual(expect.stringMatching(new RegExp(`^${place} `)));
    }
  });
});

function referencesIn(value: Json): Set<string> {
  const found = new Set<string>();
  const look = (here: Json): void => {
    if (Array.isArray(here)) here.forEach(look);
    if (!isJsonObject(here)) return;
    if (typeof here['$ref'] === 'string') found.add(here['$ref']);
    Object.values(here).forEach(look);
  };
  look(value);
  return found;
}
