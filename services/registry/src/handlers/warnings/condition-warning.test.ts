import { describe, expect, it } from '@jest/globals';
import { eventTypes, type EventType } from '#contracts';
import { conditionWarning } from './condition-warning.ts';

const update = eventTypes.find(({ id }) => id === 'clients.update')!;
const deletion: EventType = { ...eventTypes.find(({ id }) => id === 'clients.delete')!, sample: {} };

describe('the warning about a condition', () => {
  it.each([
    ['data.status == "active" && data.id % 2 == 0 && data.balance * 2 > 1'],
    ['event.object_id == 12 && timestamp(event.dt) > timestamp("2026-01-01T00:00:00Z")'],
    ['has(data.nothing) && data.nothing == 1'],
    ['changed("status")'],
    ['false'],
  ])('is none where the sample can be asked: %s', (condition) => {
    expect(conditionWarning(condition, update)).toBeUndefined();
  });

  it('says that the billing system sends no such field', () => {
    expect(conditionWarning('data.state == "active"', update)).toBe(
      'For the sample of clients.update, this condition fails: No such key: state (line 1, column 6). ' +
        'The billing system sends no field "state" for this event; test for it with has(data.state) if it may be there.',
    );
  });

  it('says that the billing system sends no data', () => {
    expect(conditionWarning('data.status == "active"', deletion)).toBe(
      'For the sample of clients.delete, this condition fails: No such key: status (line 1, column 6). ' +
        'The billing system sends no data for this event, and so no field "status".',
    );
    expect(conditionWarning('event.object_id != 0', deletion)).toBeUndefined();
  });

  it('says that events may come without previous values', () => {
    expect(conditionWarning('previous.status == "blocked"', update)).toMatch(/ has\(previous\.status\) first\.$/);
  });

  it('says what does not fit', () => {
    expect(conditionWarning('data.name > 1', update)).toBe(
      'For the sample of clients.update, this condition fails: > does not take a string and an int (line 1, column 1). Handlers fail for events like it.',
    );
    expect(conditionWarning('data.id / 0 == 1', update)).toMatch(/division by zero/);
    expect(conditionWarning('data.name', update)).toMatch(/neither true nor false/);
  });

  it('is none for what every type says of its sample itself', () => {
    for (const type of eventTypes) {
      const field = Object.keys(type.sample).at(-1);
      if (field !== undefined) expect(conditionWarning(`data["${field}"] != "x"`, type)).toBeUndefined();
    }
  });
});
