import type { JsonObject } from './json.ts';
import { noticeEventTypes } from './notice.ts';

/** One kind of thing that happens in the billing system, as administrators choose it for a handler. */
export interface EventType {
  /** What billing sends as `events_id` and as routing key, for example `clients.create`. */
  readonly id: string;
  /** The heading it stands under in lists. */
  readonly group: string;
  readonly label: string;
  /** JSON Schema (2020-12) of the event's `data`. Open: billing may send more than is described. */
  readonly schema: JsonObject;
  /** What billing really sends as `data`: fits the schema; for tests of a handler and for the documentation. */
  readonly sample: JsonObject;
  /** The object of the sample event, since `data` need not name it, and the client whose event it is. */
  readonly sampleObject: { readonly id: number | string; readonly clientId: number | string };
}

const id = { type: ['integer', 'string'], description: 'Id of the object in the billing system' };
const text = { type: 'string' };
const money = { type: 'number' };

const $schema = 'https://json-schema.org/draft/2020-12/schema';

/** JSON Schema of a `data` that has an id, and may have more than is described. */
function dataSchema(title: string, properties: JsonObject): JsonObject {
  const described = { id, ...properties };
  return { $schema, title, type: 'object', properties: described, required: ['id'], additionalProperties: true };
}

/** JSON Schema of the `data` of an event that says all in `event.object_id`. */
function emptyDataSchema(title: string): JsonObject {
  const description = 'Billing sends an empty object here: event.object_id names the object';
  return { $schema, title, description, type: 'object', additionalProperties: true };
}

const client = { name: text, status: text, balance: money, currency: text };
const account = { clients_id: id, name: text, type: text, ip: text, auth_name: text };
const assignment = { clients_id: id, packages_id: id, start_dt: text, end_dt: { type: ['string', 'null'] } };

const clientSample = { id: 12, name: 'Acme Telecom', status: 'active', balance: 25.5, currency: 'EUR' };
const accountSample = {
  id: 301,
  clients_id: 12,
  name: 'acme-sip-1',
  type: 'sip',
  ip: '192.0.2.10',
  auth_name: 'acme1',
};
const assignmentSample = { id: 77, clients_id: 12, packages_id: 5, start_dt: '2026-03-01', end_dt: null };

/** The `data` of a type is the sample of its family with some other values, or empty. */
type Definition = readonly [id: string, label: string, special?: JsonObject | 'no data'];

function family(
  group: EventType['group'],
  properties: JsonObject,
  sample: JsonObject & { id: number; clients_id?: number },
  types: Definition[],
): EventType[] {
  const sampleObject = { id: sample.id, clientId: sample.clients_id ?? sample.id };
  return types.map(([typeId, label, special]) => {
    const title = `${group}: ${label}`;
    const data =
      special === 'no data'
        ? { schema: emptyDataSchema(title), sample: {} }
        : { schema: dataSchema(title, properties), sample: { ...sample, ...special } };
    return { id: typeId, group, label, ...data, sampleObject };
  });
}

// Marked as pure: the console needs none of it, and its first page is small.
const makeCatalogue = (): EventType[] => [
  ...family('Clients', { ...client, custom_fields: { type: 'object' } }, clientSample, [
    ['clients.create', 'create'],
    ['clients.update', 'update', { name: 'Acme Telecom Ltd' }],
    ['clients.delete', 'delete', 'no data'],
    ['clients.archive', 'archive', 'no data'],
    ['clients.custom_fields.update', 'custom fields update', { custom_fields: { crm_id: 'A-1009' } }],
    ['clients.balance_notzero', 'balance became >=0', 'no data'],
    ['clients.balance_zero', 'balance became <=0', 'no data'],
  ]),
  ...family('Accounts', account, accountSample, [
    ['clients.accounts.create', 'create'],
    ['clients.accounts.update', 'update', { ip: '192.0.2.11' }],
    ['clients.accounts.delete', 'delete', 'no data'],
  ]),
  ...family('Clients Packages', assignment, assignmentSample, [
    ['clients.packages.assign', 'assign'],
    ['clients.packages.activate', 'activate'],
    ['clients.packages.deactivate', 'deactivate', { end_dt: '2026-06-30' }],
    ['clients.packages.renew', 'renew'],
    ['clients.packages.close', 'close', { end_dt: '2026-06-30' }],
  ]),
  ...noticeEventTypes,
];
const catalogue = /* @__PURE__ */ makeCatalogue();

const mapById = (types: readonly EventType[]) => new Map(types.map((type) => [type.id, type]));
const byId = /* @__PURE__ */ mapById(catalogue);

/** The catalogue of event types, in the order in which people expect to read them, those of the installation last. */
export const eventTypes: readonly EventType[] = catalogue;

/** The event type with this id, or undefined when the catalogue has none. */
export function eventType(typeId: string): EventType | undefined {
  return byId.get(typeId);
}

/**
 * Adds the event types of an installation. To be called at the start, before anything that describes event types is
 * loaded.
 *
 * @throws {RangeError} When the catalogue has one of the ids.
 */
export function addEventTypes(types: readonly EventType[]): void {
  for (const type of types) {
    if (byId.has(type.id)) throw new RangeError(`there is an event type ${type.id} already`);
    byId.set(type.id, type);
    catalogue.push(type);
  }
}
