import { expect, it } from '@jest/globals';
import { isEventOf, type DeliveredEvent } from './delivered-event.ts';

it('an event of a type has the data of that type', () => {
  const event: DeliveredEvent = {
    event: { id: 'e', dt: '2026-03-01T09:15:00Z', events_id: 'clients.create', object_id: 12 },
    data: { id: 12, name: 'Ada' },
  };
  expect(isEventOf('clients.update', event)).toBe(false);
  // The compiler knows the field only where the guard has said so.
  const name = isEventOf('clients.create', event) ? event.data.name : undefined;
  expect(name).toBe('Ada');
});
