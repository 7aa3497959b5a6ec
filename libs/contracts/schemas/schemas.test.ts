import { describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { decodeBillingEvent } from '../billing-event.ts';
import type { EventEnvelope } from '../event-envelope.ts';
import { EventRejected } from '../event-rejected.ts';
import type { Json, JsonObject } from '../json.ts';
import { billingEventSchema, eventHeadersSchema } from './billing-event.schema.ts';
import { binaryCloudEventHeadersSchema, structuredCloudEventSchema } from './cloud-event.schema.ts';

const ajv = new Ajv({ strictTypes: false, allowMatchingProperties: true });
addFormats.default(ajv);

function parserTakes(body: Json, envelope: Partial<EventEnvelope>): boolean {
  try {
    decodeBillingEvent(Buffer.from(JSON.stringify(body)), { headers: {}, ...envelope });
    return true;
  } catch (error) {
    if (error instanceof EventRejected) return false;
    throw error;
  }
}

function schemaTakes(validate: ValidateFunction, value: unknown): boolean {
  return validate(value);
}

/** Changes of a document, by the path to what is changed; undefined takes it away. */
type Change = Record<string, unknown>;

function changed(document: JsonObject, change: Change): JsonObject {
  const copy = structuredClone(document);
  for (const [path, value] of Object.entries(change)) {
    const names = path.split('/');
    const last = names.pop()!;
    const parent = names.reduce((at, name) => at[name] as JsonObject, copy);
    if (value === undefined) Reflect.deleteProperty(parent, last);
    else parent[last] = value as Json;
  }
  return copy;
}

const times: [value: Json, fits: boolean][] = [
  ['2026-03-01T09:15:00Z', true],
  ['2026-03-01t09:15:00.123456-05:30', true],
  ['2026-03-01 09:15:00+02:00', true],
  ['2024-02-29T00:00:00Z', true],
  ['2016-12-31T23:59:60Z', true],
  ['2016-12-31T23:59:61Z', false],
  ['2026-03-01T24:00:00Z', false],
  ['2026-03-01T09:60:00Z', false],
  ['2026-03-01T09:15:00-00:00', true],
  ['2026-03-01T09:15:00+24:00', false],
  ['2026-02-29T00:00:00Z', false],
  ['2026-03-00T00:00:00Z', false],
  ['2026-13-01T00:00:00Z', false],
  ['2026-03-01T09:15:00', false],
  ['2026-03-01', false],
  ['soon', false],
  ['', false],
  [1772356500, false],
];
const identifiers: [value: Json, fits: boolean][] = [
  ['a', true],
  ['é', true],
  ['x'.repeat(255), true],
  ['x'.repeat(256), false],
  ['', false],
  ['a\nb', false],
  ['a\u0085b', false],
  [true, false],
  [{}, false],
];

describe('what the schema says of an event is what the parser says', () => {
  const validate = ajv.compile(billingEventSchema());
  const event = {
    event: { id: 'e-1', dt: '2026-03-01T09:15:00+00:00', events_id: 'clients.update', object_id: 12 },
    data: { id: 12 },
    previous: { name: 'x' },
  };
  const cases: [change: Change, fits: boolean][] = [
    [{}, true],
    [{ event: undefined }, false],
    [{ event: [] }, false],
    [{ further: 1, 'event/further': 1 }, true],
    ...times.map(([dt, fits]): [Change, boolean] => [{ 'event/dt': dt }, fits]),
    [{ 'event/dt': undefined }, false],
    ...identifiers.map(([id, fits]): [Change, boolean] => [{ 'event/id': id }, fits]),
    [{ 'event/id': 12 }, false],
    [{ 'event/id': null }, true],
    [{ 'event/id': undefined }, true],
    ...identifiers.map(([id, fits]): [Change, boolean] => [{ 'event/object_id': id }, fits]),
    [{ 'event/object_id': -1 }, true],
    [{ 'event/object_id': 1.5 }, false],
    [{ 'event/object_id': 2 ** 53 }, false],
    [{ 'event/object_id': null }, false],
    [{ 'event/object_id': undefined }, false],
    [{ 'event/events_id': 'clients.unknown' }, false],
    [{ 'event/events_id': 7 }, false],
    [{ 'event/events_id': undefined }, false],
    [{ data: {} }, true],
    [{ data: [] }, false],
    [{ data: null }, false],
    [{ data: undefined }, false],
    [{ previous: null }, true],
    [{ previous: undefined }, true],
    [{ previous: 'x' }, false],
  ];

  it.each(cases)('%j', (change, fits) => {
    const body = changed(event, change);
    expect({ parser: parserTakes(body, {}), schema: schemaTakes(validate, body) }).toEqual({
      parser: fits,
      schema: fits,
    });
  });

  const headers: [value: Json, fits: boolean][] = [...identifiers, [12, true], [null, true], [1.5, true]];
  it.each(headers.map(([key, fits]) => [key, key === '' || fits]))('header partition-key %j', (key, fits) => {
    const given = { 'partition-key': key };
    const schema = schemaTakes(ajv.compile(eventHeadersSchema()), given);
    expect({ parser: parserTakes(event, { headers: given }), schema }).toEqual({ parser: fits, schema: fits });
  });

  it('but for what no schema can say', () => {
    const beyond: Change[] = [
      // 128 characters, 256 bytes.
      { 'event/id': 'é'.repeat(128) },
      { 'event/id': '\ud800' },
      { 'event/dt': '1969-12-31T23:59:59Z' },
      { 'event/dt': '2026-03-15T23:59:60Z' },
      { 'event/dt': '9999-12-31T23:59:59-01:00' },
    ];
    for (const change of beyond) {
      const body = changed(event, change);
      expect([change, parserTakes(body, {}), schemaTakes(validate, body)]).toEqual([change, false, true]);
    }
  });
});

describe('what the schemas say of a CloudEvent is what the parser says', () => {
  const attributes = {
    specversion: '1.0',
    id: 'e-1',
    source: '/billing',
    type: 'clients.update',
    time: '2026-03-01T09:15:00Z',
    subject: '12',
    partitionkey: '12',
    previous: '{"name":"x"}',
  };
  const cases: [change: Change, fits: boolean][] = [
    [{}, true],
    ...['specversion', 'id', 'source', 'type', 'subject'].flatMap((name): [Change, boolean][] => [
      [{ [name]: undefined }, false],
      [{ [name]: null }, false],
      [{ [name]: '' }, false],
      [{ [name]: 12 }, false],
    ]),
    ...['time', 'partitionkey', 'previous', 'dataschema'].flatMap((name): [Change, boolean][] => [
      [{ [name]: undefined }, true],
      [{ [name]: null }, true],
      [{ [name]: true }, false],
    ]),
    ...times.map(([time, fits]): [Change, boolean] => [{ time }, fits]),
    ...identifiers.map(([id, fits]): [Change, boolean] => [{ id }, fits]),
    ...identifiers.map(([subject, fits]): [Change, boolean] => [{ subject }, fits]),
    ...identifiers.map(([partitionkey, fits]): [Change, boolean] => [{ partitionkey }, fits]),
    [{ partitionkey: 12 }, true],
    [{ partitionkey: 1.5 }, false],
    [{ specversion: '0.3' }, false],
    [{ source: 'a b' }, false],
    [{ source: '%zz' }, false],
    [{ source: 'https://billing.example/x?y=%20' }, true],
    [{ type: 'com.example.other' }, false],
    [{ dataschema: 'https://billing.example/schema' }, true],
    [{ dataschema: '/relative' }, false],
    [{ mine: 'x' }, true],
    [{ mine: -5 }, true],
    [{ mine: false }, true],
    [{ mine: 1.5 }, false],
    [{ mine: 2 ** 31 }, false],
    [{ mine: 'a\u0000' }, false],
    [{ mine: { a: 1 } }, false],
    [{ my_extension: 'x' }, false],
    [{ Mine: 'x' }, false],
  ];

  const structured = ajv.compile(structuredCloudEventSchema());
  const ofStructured: [change: Change, fits: boolean][] = [
    ...cases,
    [{ data: undefined }, false],
    [{ data: null }, false],
    [{ data: [] }, false],
    [{ data_base64: 'e30=' }, false],
    [{ datacontenttype: 'application/json' }, true],
    [{ datacontenttype: 'Application/vnd.example+JSON; charset=utf-8' }, true],
    [{ datacontenttype: 'application/xml' }, false],
    [{ datacontenttype: 'json' }, false],
  ];
  it.each(ofStructured)('structured: %j', (change, fits) => {
    const body = changed({ ...attributes, data: {} }, change);
    const parser = parserTakes(body, { contentType: 'application/cloudevents+json' });
    expect({ parser, schema: schemaTakes(structured, body) }).toEqual({ parser: fits, schema: fits });
  });

  const binary = ajv.compile(binaryCloudEventHeadersSchema());
  it.each(cases)('binary: %j', (change, fits) => {
    const headers = Object.fromEntries(
      Object.entries(changed(attributes, change)).map(([name, value]) => [`cloudEvents:${name}`, value]),
    );
    const parser = parserTakes({ id: 12 }, { contentType: 'application/json', headers });
    expect({ parser, schema: schemaTakes(binary, headers) }).toEqual({ parser: fits, schema: fits });
  });

  it('but for what no schema can say', () => {
    const body = { ...attributes, previous: 'no JSON', data: {} };
    const parser = parserTakes(body, { contentType: 'application/cloudevents+json' });
    expect({ parser, schema: schemaTakes(structured, body) }).toEqual({ parser: false, schema: true });
  });
});
