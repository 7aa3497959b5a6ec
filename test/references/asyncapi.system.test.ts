import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventTypes, isJsonObject, type Json, type JsonObject } from '#contracts';
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

  it('gives each object, list of choices and message a name, so that code that is generated from it has names', () => {
    const schemas = document.at('#/components/schemas');
    for (const [name, schema] of Object.entries(schemas) as [string, JsonObject][]) {
      expect(name).toMatch(/^[A-Z][A-Za-z0-9]+$/);
      expect(schema['title']).toBe(name);
      expect([name, ...namelessIn(schema, true)]).toEqual([name]);
    }
    for (const [name, message] of Object.entries(document.at('#/components/messages'))) {
      expect(message).toMatchObject({ name, payload: { $ref: expect.stringMatching(/^#\/components\/schemas\//) } });
    }
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

/** Schemas of objects, and enumerations, that stand within another; parts of `allOf` are one with it. */
function namelessIn(schema: JsonObject, isWhole: boolean): string[] {
  const { properties, items, enum: choices, allOf, oneOf } = schema;
  if (!isWhole && (properties || (Array.isArray(choices) && choices.length > 2))) return [JSON.stringify(schema)];
  const within = [...Object.values(properties ?? {}), items, ...((oneOf as Json[] | undefined) ?? [])];
  return [
    ...within.filter(isJsonObject).flatMap((each) => namelessIn(each, false)),
    ...((allOf as JsonObject[] | undefined) ?? []).flatMap((each) => namelessIn(each, true)),
  ];
}

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
