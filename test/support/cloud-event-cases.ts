/** A CloudEvent that Provisor takes, whichever way it comes. */
const takenAttributes = {
  specversion: '1.0',
  id: 'ce-1',
  source: 'https://cloudevents.io',
  type: 'clients.update',
  subject: '12',
};

export type Mode = 'structured' | 'binary';

/** What may come as a CloudEvent, and what is said of it. */
export interface CloudEventCase {
  /** As the conformance suite calls it, or with the chapter of the specification. */
  readonly name: string;
  /** Different from {@link takenAttributes}; undefined: not there. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The body, or `data` of the structured mode; without it a small object. */
  readonly data?: string;
  /** In which it can be said at all: HTTP headers have neither null nor numbers. */
  readonly modes: readonly Mode[];
  /** Content type of the binary mode. */
  readonly contentType?: string;
}

export interface TakenCase extends CloudEventCase {
  /** When it happened, in milliseconds since 1970, where it says so. */
  readonly occurredAt?: number;
}

export interface RefusedCase extends CloudEventCase {
  /** Names of the attributes that are wrong, sorted. */
  readonly fields: readonly string[];
}

const both = ['structured', 'binary'] as const;
const structured = ['structured'] as const;
const binary = ['binary'] as const;
const minimalTime = Date.UTC(2018, 3, 5, 17, 31);

/**
 * Of the suite's `format/json` and `yaml/v1.0`, its HTTP feature, and the chapters; each with the subject and data that
 * Provisor needs.
 */
export const takenCases: readonly TakenCase[] = [
  { name: 'validMinimal', modes: both, attributes: {} },
  {
    name: 'validMinimalWithNullForOptional',
    modes: structured,
    attributes: { datacontenttype: null, dataschema: null, time: null },
  },
  {
    name: 'validAllCoreAttributes',
    modes: both,
    attributes: { dataschema: 'https://cloudevents.io/dataschema', subject: 'tests', time: '2018-04-05T17:31:00Z' },
    occurredAt: minimalTime,
  },
  ...[
    ['validMinimalWithTimeUtc', '2018-04-05T17:31:00Z'],
    ['validMinimalWithTimeToNanosecondsUtc', '2018-04-05T17:31:00.000000000Z'],
    ['validMinimalWithTimeUsingPositiveOffset', '2018-04-05T18:31:00+01:00'],
    ['validMinimalWithTimeUsingNegativeOffset', '2018-04-05T16:31:00-01:00'],
  ].map(([name, time]) => ({ name: name!, modes: both, attributes: { time }, occurredAt: minimalTime })),
  { name: 'validRelativeSource', modes: both, attributes: { source: '#fragment' } },
  {
    name: 'validAllExtensionTypes',
    modes: structured,
    attributes: {
      extinteger: 10,
      extboolean: true,
      extstring: 'text',
      exturi: 'https://cloudevents.io',
      exturiref: '//authority/path',
      exttimestamp: '2023-03-31T15:12:00Z',
      extbinary: 'TWE=',
    },
  },
  { name: 'conformance-0004: JSON in Unicode', modes: both, attributes: {}, data: '{"msg":"Hello, 🌎!"}' },
  {
    name: 'JSON format 2.2: the ends of Integer',
    modes: structured,
    attributes: { least: -(2 ** 31), most: 2 ** 31 - 1 },
  },
  {
    name: 'JSON format 3.1: datacontenttype of other JSON',
    modes: structured,
    attributes: { datacontenttype: 'application/vnd.billing+json; charset=utf-8' },
  },
  { name: 'JSON format 3.1.1: data_base64', modes: structured, attributes: { data_base64: 'eyJpZCI6MTJ9' }, data: '' },
  {
    name: 'Binary content mode (application/json; charset=utf-8)',
    modes: binary,
    attributes: {},
    contentType: 'application/json; charset=utf-8',
  },
  { name: 'media types in any case', modes: binary, attributes: {}, contentType: 'Application/JSON' },
  { name: 'spec 3.1: extensions that nobody knows', modes: both, attributes: { comexample: 'a b', x1: 'é' } },
];

/** What is none, by the suite's `format/json` and the chapters. */
export const refusedCases: readonly RefusedCase[] = [
  { name: 'invalidNoSpecVersion', modes: both, attributes: { specversion: undefined }, fields: ['specversion'] },
  { name: 'invalidNoId', modes: both, attributes: { id: undefined }, fields: ['id'] },
  { name: 'invalidNoType', modes: both, attributes: { type: undefined }, fields: ['type'] },
  { name: 'invalidNoSource', modes: both, attributes: { source: undefined }, fields: ['source'] },
  ...[
    ['invalidTimeGarbage', 'lunchtime'],
    ['invalidTimeToMinute', '2018-04-05T18:31Z'],
    ['invalidTimeOffsetX', '2018-04-05T18:31:00X'],
    ['invalidTimeOffsetOutOfRange', '2018-04-05T18:31:00+25:00'],
    ['invalidTimeOffsetNonInteger', '2018-04-05T18:31:00+xx:00'],
    ['invalidTimeOffsetHourOnly', '2018-04-05T18:31:00+05'],
    ['RFC 3339: an hour that is none', '2018-04-05T24:00:01Z'],
    ['RFC 3339: a day that is none', '2018-02-30T12:00:00Z'],
    ['RFC 3339: no offset', '2018-04-05T18:31:00'],
  ].map(([name, time]) => ({ name: name!, modes: both, attributes: { time }, fields: ['time'] })),
  { name: 'invalidEmptyId', modes: both, attributes: { id: '' }, fields: ['id'] },
  { name: 'invalidEmptyType', modes: both, attributes: { type: '' }, fields: ['type'] },
  { name: 'invalidEmptySource', modes: both, attributes: { source: '' }, fields: ['source'] },
  { name: 'invalidEmptySpecVersion', modes: both, attributes: { specversion: '' }, fields: ['specversion'] },
  { name: 'invalidUnknownSpecVersion', modes: both, attributes: { specversion: '0.9' }, fields: ['specversion'] },
  {
    name: 'invalidNonRfc2046DataContentType',
    modes: structured,
    attributes: { datacontenttype: 'xyz' },
    fields: ['datacontenttype'],
  },
  {
    name: 'invalidEmptyDataContentType',
    modes: structured,
    attributes: { datacontenttype: '' },
    fields: ['datacontenttype'],
  },
  { name: 'invalidEmptyDataSchema', modes: both, attributes: { dataschema: '' }, fields: ['dataschema'] },
  { name: 'invalidEmptySubject', modes: both, attributes: { subject: '' }, fields: ['subject'] },
  { name: 'invalidNumericId', modes: structured, attributes: { id: 25 }, fields: ['id'] },
  { name: 'invalidObjectId', modes: structured, attributes: { id: { xyz: 'abc' } }, fields: ['id'] },
  // HTTP cannot tell the case of a header's name.
  {
    name: 'invalidCapitalizedExtension',
    modes: structured,
    attributes: { MyExtension: 'bad' },
    fields: ['MyExtension'],
  },
  {
    name: 'invalidPunctuatedExtension',
    modes: both,
    attributes: { 'my.extension': 'bad' },
    fields: ['my.extension'],
  },
  {
    name: 'invalidNonIntegerExtensionValue',
    modes: structured,
    attributes: { myextension: 1.5 },
    fields: ['myextension'],
  },
  {
    name: 'invalidBothDataAndDataBase64',
    modes: structured,
    attributes: { data_base64: 'eyAieHl6IjogMTIzIH0=' },
    fields: ['data', 'data_base64'],
  },
  {
    name: 'JSON format 3.1.1: no base64',
    modes: structured,
    attributes: { data_base64: '{' },
    data: '',
    fields: ['data', 'data_base64'],
  },
  { name: 'spec 3.1: an Integer of more than 32 bits', modes: structured, attributes: { x: 2 ** 31 }, fields: ['x'] },
  { name: 'spec 3.1: an extension that is an object', modes: structured, attributes: { x: { a: 1 } }, fields: ['x'] },
  { name: 'spec 3.1: an extension called data', modes: binary, attributes: { data: 'x' }, fields: ['data'] },
  {
    name: 'spec 3.1: a dataschema that is no URI',
    modes: both,
    attributes: { dataschema: '/x' },
    fields: ['dataschema'],
  },
  // These are CloudEvents, and no events of Provisor's.
  { name: 'spec 2: no data', modes: both, attributes: {}, data: '', fields: ['data'] },
  { name: 'conformance-0003: data that is a string', modes: both, attributes: {}, data: '"Hello"', fields: ['data'] },
  { name: 'conformance-0005: data that is a list', modes: both, attributes: {}, data: '["Hello"]', fields: ['data'] },
  {
    name: 'validSimpleTextData, which is not JSON',
    modes: structured,
    attributes: { datacontenttype: 'text/plain' },
    data: '"Simple text"',
    fields: ['data', 'datacontenttype'],
  },
  { name: 'validMinimal, with no subject', modes: both, attributes: { subject: undefined }, fields: ['subject'] },
];

/** The attributes of a case, without those that are not there. */
export function attributesOf({ attributes }: CloudEventCase): Record<string, unknown> {
  const all: Record<string, unknown> = { ...takenAttributes, ...attributes };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

const smallData = '{"id":12}';

/** A case as the document of the structured mode. */
export function structuredText(given: CloudEventCase): string {
  const { data = smallData } = given;
  const attributes = JSON.stringify(attributesOf(given)).slice(0, -1);
  return data === '' ? `${attributes}}` : `${attributes},"data":${data}}`;
}

/** The body of a case in the binary mode. */
export function binaryText({ data = smallData }: CloudEventCase): string {
  return data;
}

/** The cases that can be said in a mode. */
export function inMode<T extends CloudEventCase>(mode: Mode, cases: readonly T[]): T[] {
  return cases.filter(({ modes }) => modes.includes(mode));
}
