import { readFileSync } from 'node:fs';
import {
  eventType,
  identifierFault,
  isJsonObject,
  isNotice,
  noticePrefix,
  jsonFault,
  type EventType,
  type JsonObject,
} from '#contracts';
import { BadValue, parser } from './parsers.ts';

/** As ids of event types are: they are routing keys, and people type them. */
const idPattern = /^[a-z0-9_]+(\.[a-z0-9_]+)+$/;
const known = new Set(['id', 'group', 'label', 'schema', 'sample']);
const anything: JsonObject = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  additionalProperties: true,
};

/**
 * A file with event types of the installation's own: `{"eventTypes": [{"id", "group", "label", "schema", "sample"},
 * …]}`.
 */
export const eventTypesFile = parser<readonly EventType[]>('the path of a JSON file that can be read', (path) => {
  const document = readJson(path);
  const items = isJsonObject(document) ? document['eventTypes'] : undefined;
  if (!Array.isArray(items)) throw new BadValue('a JSON file with an object that has a list eventTypes');
  const ids = new Set<string>();
  return items.map((item, index) => {
    const fault = (message: string): BadValue =>
      new BadValue(`a file of event types; in its eventTypes[${String(index)}] ${message}`);
    const type = readType(item, fault);
    if (ids.has(type.id)) throw fault(`id ${type.id} is there a second time`);
    ids.add(type.id);
    return type;
  });
});

function readJson(path: string): unknown {
  const unreadable = (reason: string) => new BadValue(`the path of a JSON file that can be read (${reason})`);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable((error as NodeJS.ErrnoException).code ?? 'unknown');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable(`it is not JSON: ${jsonFault(text)}`);
  }
}

function readType(item: unknown, fault: (message: string) => BadValue): EventType {
  if (!isJsonObject(item)) throw fault('must be an object');
  const unknown = Object.keys(item).find((name) => !known.has(name));
  if (unknown !== undefined) throw fault(`${unknown} is not known; there are ${[...known].join(', ')}`);
  const { id, schema = anything, sample = { id: 1 } } = item;
  if (typeof id !== 'string' || !idPattern.test(id) || identifierFault(id) !== undefined) {
    throw fault('id must be words of a-z, 0-9 and _ with dots between them, like orders.shipped');
  }
  if (eventType(id)) throw fault(`id ${id} is that of an event type that Provisor has itself`);
  if (isNotice(id)) throw fault(`id ${id} must not begin with ${noticePrefix}: those are Provisor's own`);
  if (!isJsonObject(schema)) throw fault('schema must be an object, the JSON Schema of the data');
  if (!isJsonObject(sample)) throw fault('sample must be an object, as data may look');
  const objectId = idIn(sample, 'id') ?? 1;
  return {
    id,
    group: words('group', item['group'], fault),
    label: words('label', item['label'], fault),
    schema,
    sample,
    sampleObject: { id: objectId, clientId: idIn(sample, 'clients_id') ?? objectId },
  };
}

function idIn(sample: JsonObject, name: string): string | number | undefined {
  const value = sample[name];
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

function words(name: string, value: unknown, fault: (message: string) => BadValue): string {
  const bad = typeof value === 'string' ? identifierFault(value) : 'must be a text';
  if (bad !== undefined) throw fault(`${name} ${bad}`);
  return value as string;
}
