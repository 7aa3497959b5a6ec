import { describe, expect, it } from '@jest/globals';
import { eventBody } from './event-body.ts';

const at = '2026-03-01 09:15:00Z';

describe('the event of a command line', () => {
  it('has its data as it was written', () => {
    const data = '{"id": 12, "long": 9007199254740993, "one": 1.0, "zero": -0, "big": 1E400, "same": 1, "same": 2}';
    expect(eventBody({ type: 'clients.update', id: 'e-1', at, data, previous: '{"long":123456789012345678901}' })).toBe(
      `{"event":{"id":"e-1","dt":"${at}","events_id":"clients.update","object_id":12},"data":${data},"previous":{"long":123456789012345678901}}`,
    );
  });

  it.each([
    [{ data: '{"id":"A-1"}' }, '"A-1"'],
    [{ data: '{"id":9007199254740993}' }, '9007199254740993'],
    [{ objectId: '7', data: '{"id":12}' }, '7'],
    [{ objectId: '9007199254740993' }, '"9007199254740993"'],
    [{ objectId: 'A-1' }, '"A-1"'],
  ])('is about the object that is given: %j', (options, id) => {
    expect(eventBody({ type: 'clients.update', at, ...options })).toContain(`"object_id":${id}}`);
  });

  it.each([
    [{}, /--type/],
    [{ type: 'clients.update' }, /--object-id/],
    [{ type: 'clients.update', data: '[]' }, /--object-id/],
    [{ type: 'clients.update', data: '{' }, /--data must be JSON/],
    [{ type: 'clients.update', data: '{"id":1}', previous: 'x' }, /--previous must be JSON/],
  ])('is refused where it says too little: %j', (options, words) => {
    expect(() => eventBody(options)).toThrow(words);
  });
});
