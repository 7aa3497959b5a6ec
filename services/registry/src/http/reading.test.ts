import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '../domain-error.ts';
import { cursorPage, decodeCursor, encodeCursor } from './cursor.ts';
import { dateTimeFault, parseDateTime } from './date-time.ts';
import { readJsonObject } from './json-body.ts';
import { readQuery } from './query-string.ts';

describe('parseDateTime', () => {
  it.each([
    ['2026-03-01T09:15:00Z', '2026-03-01T09:15:00.000Z'],
    ['2026-03-01t09:15:00.25z', '2026-03-01T09:15:00.250Z'],
    ['2026-03-01T09:15:00+02:00', '2026-03-01T07:15:00.000Z'],
    // A + that was not encoded arrives as a space.
    ['2026-03-01T09:15:00 02:00', '2026-03-01T07:15:00.000Z'],
  ])('%s', (text, expected) => {
    expect(parseDateTime(text)?.toISOString()).toBe(expected);
  });

  it.each([
    ['', /like 2026/],
    ['now', /like 2026/],
    ['2026-03-01', /like 2026/],
    ['2026-03-01T09:15:00', /like 2026/],
    ['2026-13-01T09:15:00Z', /month/],
    ['2026-02-30T09:15:00Z', /exists/],
    ['2026-03-01T24:00:00Z', /hour/],
    ['9999-12-31T23:59:59-01:00', /years 0000 to 9999/],
    ['1969-12-31T23:59:59Z', /before 1970/],
    ['infinity', /like 2026/],
    [12, /like 2026/],
  ])('%j is none, and why', (text, words) => {
    expect(dateTimeFault(text)).toMatch(words);
    expect(parseDateTime(String(text))).toBeUndefined();
  });
});

describe('a cursor', () => {
  const id = '01a20918-469d-77aa-902e-dbc37eb083c9';

  it('holds an id', () => {
    expect(decodeCursor(encodeCursor(id))).toBe(id);
  });

  it.each(['', 'x', id, `${encodeCursor(id)}x`, `${encodeCursor(id).slice(0, -1)}B`])('%j is none', (text) => {
    expect(decodeCursor(text)).toBeUndefined();
  });

  it('is there as long as there is more', () => {
    const rows = [{ id }, { id: id.replace('c9', 'c8') }];
    expect(cursorPage(rows, 1, (row) => row.id, String).nextCursor).toBe(encodeCursor(id));
    expect(cursorPage(rows, 2, (row) => row.id, String)).toMatchObject({
      items: [{}, {}].map(String),
      nextCursor: null,
    });
  });
});

describe('readJsonObject', () => {
  it('refuses names that every object has, wherever they stand', () => {
    const read = (): unknown => readJsonObject(Buffer.from('{"a":[{"__proto__":1}],"constructor":2}'));
    expect(read).toThrow(InvalidInput);
    try {
      read();
    } catch (error) {
      const { errors } = error as InvalidInput;
      expect(errors.map(({ field }) => field)).toEqual(['a.0.__proto__', 'constructor']);
    }
  });
});

describe('readQuery', () => {
  it('takes blank for not given', () => {
    expect(readQuery({ a: '', b: ' ', c: '1' })).toEqual({ b: ' ', c: '1' });
  });
});
