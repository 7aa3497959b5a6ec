import { describe, expect, it } from '@jest/globals';
import { storableJson, storableText } from './journal-rows.ts';

describe('text that others sent', () => {
  it('is kept as it is where PostgreSQL can', () => {
    expect(storableText('Ünïcödé 👍\n\u0001')).toBe('Ünïcödé 👍\n\u0001');
  });

  it('has U+FFFD where PostgreSQL cannot', () => {
    expect(storableText('a\0b\ud800c\udc00')).toBe('a\ufffdb\ufffdc\ufffd');
  });
});

describe('a value that others sent', () => {
  it('is kept with every text in it storable', () => {
    const text = storableJson({ headers: { a: 'x\0', list: ['\ud800', 1, null, true] } });
    expect(JSON.parse(text)).toEqual({ headers: { a: 'x\ufffd', list: ['\ufffd', 1, null, true] } });
    expect(text).not.toMatch(/\\u0000|\\ud800/);
  });

  it('is kept with its 64-bit numbers, none of whose digits is lost', () => {
    expect(storableJson({ n: 9007199254740993n })).toBe('{"n":"9007199254740993"}');
  });

  it('that nests deeper than the stack is high is kept as a note that it did', () => {
    let deep: object = {};
    for (let depth = 0; depth < 200_000; depth++) deep = { deep };
    expect(JSON.parse(storableJson(deep))).toEqual({ unreadable: expect.stringMatching(/stack/) });
  });

  it('that fails by a fault of ours is not passed over', () => {
    const circle: Record<string, unknown> = {};
    circle['circle'] = circle;
    expect(() => storableJson(circle)).toThrow(TypeError);
  });
});
