import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { eventType, eventTypes } from './event-types.ts';
import { isNotice, noticeTypes, noticesOf } from './notice.ts';

const published: [id: string, group: string, label: string][] = [
  ['clients.create', 'Clients', 'create'],
  ['clients.update', 'Clients', 'update'],
  ['clients.delete', 'Clients', 'delete'],
  ['clients.archive', 'Clients', 'archive'],
  ['clients.custom_fields.update', 'Clients', 'custom fields update'],
  ['clients.balance_notzero', 'Clients', 'balance became >=0'],
  ['clients.balance_zero', 'Clients', 'balance became <=0'],
  ['clients.accounts.create', 'Accounts', 'create'],
  ['clients.accounts.update', 'Accounts', 'update'],
  ['clients.accounts.delete', 'Accounts', 'delete'],
  ['clients.packages.assign', 'Clients Packages', 'assign'],
  ['clients.packages.activate', 'Clients Packages', 'activate'],
  ['clients.packages.deactivate', 'Clients Packages', 'deactivate'],
  ['clients.packages.renew', 'Clients Packages', 'renew'],
  ['clients.packages.close', 'Clients Packages', 'close'],
];

const ofBilling = eventTypes.filter(({ id }) => !isNotice(id));

describe('the catalogue of event types', () => {
  it('has exactly the published ids, groups and labels, in their order', () => {
    expect(ofBilling.map(({ id, group, label }) => [id, group, label])).toEqual(published);
    expect(eventTypes.slice(ofBilling.length).map(({ id }) => id)).toEqual(noticeTypes);
  });

  const withoutData = new Set([
    'clients.delete',
    'clients.archive',
    'clients.accounts.delete',
    'clients.balance_zero',
    'clients.balance_notzero',
  ]);

  it.each([...withoutData])('says that %s has no data, and whose event it is', (typeId) => {
    const { schema, sample, sampleObject } = eventType(typeId)!;
    expect(sample).toEqual({});
    expect(schema).toMatchObject({ type: 'object', additionalProperties: true });
    expect(schema).not.toHaveProperty('required');
    expect(sampleObject).toEqual(
      typeId.startsWith('clients.accounts') ? { id: 301, clientId: 12 } : { id: 12, clientId: 12 },
    );
  });

  it.each(ofBilling.filter(({ id }) => !withoutData.has(id)).map((type) => [type.id, type] as const))(
    'has a sample of %s that fits its schema',
    (_id, type) => {
      const { schema, sample, sampleObject } = type;
      const properties = schema['properties'] as Record<string, { type: string | string[] }>;
      expect(schema).toMatchObject({ type: 'object', required: ['id'], additionalProperties: true });
      expect(sample).toHaveProperty('id', sampleObject.id);
      for (const [name, value] of Object.entries(sample)) {
        const jsonType = value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value;
        const allowed = [properties[name]?.type].flat();
        // Every integer is a number.
        expect(allowed.includes('number') && jsonType === 'integer' ? 'number' : jsonType).toBe(
          allowed.find((candidate) => candidate === jsonType || (candidate === 'number' && jsonType === 'integer')),
        );
      }
    },
  );

  it('is searched by id, and only by the ids it has', () => {
    for (const type of eventTypes) expect(eventType(type.id)).toBe(type);
    for (const id of ['clients', 'clients.explode', 'CLIENTS.CREATE', '', '__proto__', 'constructor']) {
      expect(eventType(id)).toBeUndefined();
    }
  });
});

describe('the event types of notices', () => {
  const ajv = addFormats.default(new Ajv2020());

  it.each(noticeTypes)('%s has a sample that fits its schema', (id) => {
    const { group, schema, sample } = eventType(id)!;
    expect(group).toBe('Provisor');
    const validate = ajv.compile(schema);
    expect([validate(sample), validate.errors]).toEqual([true, null]);
  });

  it('each tell of one kind of trouble', () => {
    const told = Object.values(noticesOf).flatMap(({ begins, ends }) => (ends === null ? [begins] : [begins, ends]));
    expect(told.toSorted()).toEqual([...noticeTypes].toSorted());
  });
});
