import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '../domain-error.ts';
import { CreateHandlerInput } from '../handlers/dto/handler-input.dto.ts';
import { HandlerOrderInput } from '../handlers/dto/handler-order.dto.ts';
import { HandlerQuery } from '../handlers/dto/handler-query.dto.ts';
import { HandlerSetInput } from '../handlers/set/dto/handler-set-input.dto.ts';
import { EventQuery } from '../journal/dto/event.dto.ts';
import { InputPipe } from './input.pipe.ts';

type Shape = new () => object;

const handler = { name: 'h', event: 'clients.create', task: { type: 'http', url: 'http://a' } };

function read(type: 'body' | 'query', metatype: Shape, input: object): unknown {
  const value = type === 'body' ? Buffer.from(JSON.stringify(input)) : input;
  return new InputPipe().transform(value, { type, metatype });
}

/** What is wrong with an input, a line for each field. */
async function problems(type: 'body' | 'query', metatype: Shape, input: object): Promise<string[]> {
  try {
    await read(type, metatype, input);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors.map(({ field, message }) => `${field}: ${message}`);
    throw error;
  }
}

describe('a problem of a body', () => {
  it.each<[object, ...string[]]>([
    [{ priority: 0 }, 'priority: must be a whole number from 1 to 1000000'],
    [{ priority: 1.5 }, 'priority: must be a whole number from 1 to 1000000'],
    [{ priority: '1' }, 'priority: must be a whole number from 1 to 1000000'],
    [{ priority: null }, 'priority: must be a whole number from 1 to 1000000'],
    [{ name: 7 }, 'name: must be a string'],
    [{ name: ' ' }, 'name: must not be empty'],
    [{ name: 'a\0' }, 'name: must not contain control characters'],
    [{ name: '\ud800' }, 'name: must be well-formed Unicode'],
    [{ name: '💩'.repeat(255) }],
    [{ name: '💩'.repeat(256) }, 'name: must be at most 255 characters long'],
    // A variation selector is a character too.
    [{ name: '❤\ufe0f'.repeat(128) }, 'name: must be at most 255 characters long'],
    [{ description: 'a\n\tb' }],
    [{ description: null }, 'description: must be a string'],
    [{ status: 'constructor' }, 'status: must be one of enabled, disabled, archived'],
    [{ task: [] }, 'task: must be an object'],
    [{ task: null }, 'task: must be an object'],
    [{ retry: 5 }, 'retry: must be an object'],
    [{ retry: [] }, 'retry: must be an object'],
    [{ retry: { maxAttempts: 101 } }, 'retry.maxAttempts: must be a whole number from 1 to 100'],
    [{ retry: { schedule: [] } }, 'retry.schedule: must have 1 to 100 items'],
    [{ retry: { schedule: '5s' } }, 'retry.schedule: must be a list'],
    [
      { retry: { schedule: ['5s', 'soon'] } },
      'retry.schedule: item 1 must be a duration like 500ms, 30s, 15m, 24h or 90d',
    ],
    [
      { task: { type: 'script', path: 'x', args: ['a', 'b\0'] } },
      'task.args: item 1 must not contain control characters',
    ],
    [{ task: { type: 'script', path: 'x', args: Array(101).fill('') } }, 'task.args: must have 0 to 100 items'],
    [{ task: { type: 'script', path: 'a/../b' } }, 'task.path: must not contain the segment ..'],
    [{ other: 1, priority: 0 }, 'other: is unknown', 'priority: must be a whole number from 1 to 1000000'],
  ])('%j', async (input, ...expected) => {
    expect(await problems('body', CreateHandlerInput, { ...handler, ...input })).toEqual(expected);
  });

  it('names the item of a list of objects that is none', async () => {
    expect(await problems('body', HandlerSetInput, { handlers: [handler, null, 7] })).toEqual([
      'handlers: item 1 must be an object',
    ]);
    expect(await problems('body', HandlerSetInput, { handlers: [handler, { ...handler, priority: 0 }] })).toEqual([
      'handlers.1.priority: must be a whole number from 1 to 1000000',
    ]);
  });

  it('names the item of a list of ids that is none', async () => {
    const ids = ['01a20918-469d-77aa-902e-dbc37eb083c9', 'x'];
    expect(await problems('body', HandlerOrderInput, { event: 'clients.create', ids })).toEqual([
      'ids: item 1 must be a UUID',
    ]);
  });
});

describe('a query string', () => {
  it('is read by the types of its parameters', async () => {
    expect(await read('query', HandlerQuery, { page: '2', status: 'enabled, archived', q: '' })).toEqual({
      page: 2,
      limit: 50,
      sort: ['priority', 'name'],
      status: ['enabled', 'archived'],
    });
    expect(await read('query', EventQuery, { from: '2026-03-01T09:15:00 02:00' })).toEqual({
      limit: 50,
      from: new Date('2026-03-01T07:15:00Z'),
    });
  });

  it.each<[Shape, object, string]>([
    [HandlerQuery, { limit: '501' }, 'limit: must be a whole number from 1 to 500'],
    [HandlerQuery, { limit: '1e2' }, 'limit: must be a whole number from 1 to 500'],
    [HandlerQuery, { status: 'enabled,new' }, 'status: must be one of enabled, disabled, archived'],
    [HandlerQuery, { event: '__proto__x' }, 'event: must be one of clients.create, '],
    [HandlerQuery, { other: 'x' }, 'other: is unknown'],
    [EventQuery, { from: 'now' }, 'from: must be a date and time with an offset, like 2026-03-01T09:15:00+00:00'],
    [EventQuery, { cursor: 'x' }, 'cursor: must be the nextCursor of an earlier response'],
  ])('%p %j is refused', async (shape, query, expected) => {
    expect(await problems('query', shape, query)).toEqual([expect.stringContaining(expected)]);
  });
});
