import { describe, expect, it } from '@jest/globals';
import { Redaction } from './redaction.ts';

const redaction = new Redaction(['*password*', 'pin']);
const restored = (shown: string, original: string): unknown => {
  const { text, masked } = redaction.restored(shown, original);
  return masked.length === 0 ? text : masked;
};

describe('restored values', () => {
  it.each([
    ['{"password":"a","n":1.10}', '{ "password" : "***", "n":2.20 }', '{ "password" : "a", "n":2.20 }'],
    [
      '{"data":{"pin":{"old":1,"new":02e1}}}',
      '{"data":{"pin":"***","x":1}}',
      '{"data":{"pin":{"old":1,"new":02e1},"x":1}}',
    ],
    ['{"password":"a"}', '{"password":"b"}', '{"password":"b"}'],
    ['{"password":null}', '{"password":null}', '{"password":null}'],
    ['{"note":"***"}', '{"note":"***"}', '{"note":"***"}'],
    [
      '{"list":[{"login":"a","password":"1"},{"login":"b","password":"2"}]}',
      '{"list":[{"login":"b", "password":"***"}, {"login":"c","password":"3"}]}',
      '{"list":[{"login":"b","password":"2"}, {"login":"c","password":"3"}]}',
    ],
    ['{"list":[]}', '{"list":[ ]}', '{"list":[ ]}'],
  ])('of %s in %s', (original, shown, expected) => {
    expect(restored(shown, original)).toBe(expected);
  });

  it.each([
    ['{"password":"a"}', '{"new_password":"***"}', ['new_password']],
    ['{"a":{"pin":1}}', '{"b":{"pin":"***"}}', ['pin']],
    ['{"list":[{"login":"a","pin":1}]}', '{"list":[{"login":"b","pin":"***"}]}', ['pin']],
    // Whose of the two it is, the edit does not say.
    ['{"list":[{"pin":1},{"pin":2}]}', '{"list":[{"pin":"***"}]}', ['pin']],
    ['{"text":"{\\"pin\\":1}"}', '{"text":"{\\"pin\\":\\"***\\"}"}', ['pin']],
  ])('are not guessed: of %s in %s', (original, shown, masked) => {
    expect(restored(shown, original)).toEqual(masked);
  });

  it('are as shown where nothing is hidden', () => {
    expect(new Redaction([]).restored('{"pin":"***"}', '{"pin":1}')).toEqual({ text: '{"pin":"***"}', masked: [] });
  });
});
