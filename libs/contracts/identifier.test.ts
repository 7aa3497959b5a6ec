import { describe, expect, it } from '@jest/globals';
import { identifierFault, maxIdentifierBytes } from './text-formats.ts';

describe('a name that others gave to something', () => {
  it.each(['12', 'client-12', 'Ünïcödé', '顧客', '👍', ' with blanks ', '"quoted"', '__proto__'])(
    'may be %j',
    (text) => {
      expect(identifierFault(text)).toBeUndefined();
    },
  );

  it('may be as long as an AMQP short string, counted in bytes', () => {
    expect(identifierFault('x'.repeat(maxIdentifierBytes))).toBeUndefined();
    expect(identifierFault('x'.repeat(maxIdentifierBytes + 1))).toBe('must be at most 255 bytes long');
    expect(identifierFault('é'.repeat(127))).toBeUndefined();
    expect(identifierFault('é'.repeat(128))).toBe('must be at most 255 bytes long');
  });

  it('must say something', () => {
    expect(identifierFault('')).toBe('must not be empty');
  });

  it.each(['a\0b', 'a\nb', '\t', '\u001b[2J', '\u007f', '\u0085'])('must not break logs or storage: %j', (text) => {
    expect(identifierFault(text)).toBe('must not contain control characters');
  });

  it.each(['\ud800', 'a\udc00', '\udc00\ud800'])('must have a UTF-8 form: %j', (text) => {
    expect(identifierFault(text)).toBe('must be well-formed Unicode');
  });
});
