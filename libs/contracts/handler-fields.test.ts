import { describe, expect, it } from '@jest/globals';
import { fieldsOf, handlerDefaults, handlerFields, type FieldTraits } from './handler-fields.ts';
import type { Handler, HandlerFields } from './handler.ts';

describe('the fields of a handler', () => {
  it('have the defaults of the contract', () => {
    expect(handlerDefaults).toEqual({
      description: '',
      status: 'enabled',
      onFailure: 'stop',
      retry: { maxAttempts: 8, schedule: ['5s', '5m', '30m', '2h', '5h', '10h', '14h'] },
      maxConcurrency: 64,
      condition: null,
      lasting: null,
      format: 'native',
      outcomes: [],
      keep: {},
      windows: [],
      releasePerSecond: 250,
    });
  });

  it.each(Object.entries<FieldTraits>(handlerFields))('have a default within their own bounds: %s', (_, traits) => {
    const { default: value, isRequired, choices, range, length } = traits;
    if (value === undefined || value === null) return;
    expect(isRequired).toBeUndefined();
    if (choices) expect(choices).toContain(value);
    if (range) expect((value as number) >= range.min && (value as number) <= range.max).toBe(true);
    if (length) expect((value as string).length).toBeLessThanOrEqual(length.max);
  });

  it('are all that is taken of a handler, in the order in which people see them', () => {
    const fields: HandlerFields = {
      event: 'clients.create',
      name: 'A',
      task: { type: 'script', path: 'a.sh', args: [], mode: 'once' },
      priority: 1,
      timeoutMs: 1,
      ...handlerDefaults,
    };
    const handler: Handler = { id: '1', version: 2, hold: null, ...fields };
    expect(fieldsOf(handler)).toEqual(fields);
    expect(Object.keys(fieldsOf(handler)).slice(0, 3)).toEqual(['name', 'description', 'event']);
  });
});
