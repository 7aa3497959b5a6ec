import { describe, expect, it } from '@jest/globals';
import { bytesOf, formatBytes, hexDump, visibleText } from './raw-bytes.ts';

describe('a raw body', () => {
  it('is shown in hexadecimal, as far as it goes', () => {
    const bytes = bytesOf('iVBORw0KIGFuZCBzb21lIG1vcmUgw7w=');
    expect(hexDump(bytes).split('\n')).toEqual([
      '00000000  89 50 4e 47 0d 0a 20 61  6e 64 20 73 6f 6d 65 20  .PNG.. and some ',
      '00000010  6d 6f 72 65 20 c3 bc                              more ..',
    ]);
    expect(hexDump(new Uint8Array())).toBe('');
  });

  it('is shown as a text in which nothing hides and nothing acts', () => {
    expect(visibleText('{"a":\t1}\n')).toBe('{"a":\t1}\n');
    expect(visibleText('safe\u202Etxt.exe\0\r\u200b')).toBe('safe‹U+202E›txt.exe‹U+0000›‹U+000D›‹U+200B›');
    expect(visibleText('Grüße 👍 <script>')).toBe('Grüße 👍 <script>');
  });

  it.each([
    [0, '0 B'],
    [1_023, '1023 B'],
    [1_536, '1.5 KiB'],
    [1_200_000, '1.1 MiB'],
  ])('of %d bytes has %s', (bytes, words) => {
    expect(formatBytes(bytes)).toBe(words);
  });
});
