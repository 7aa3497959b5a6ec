import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { NoSecretsKey, SecretsKeyMissing, SecretUnopened } from './errors.ts';
import { SecretBox } from './secret-box.ts';

const [older, newer] = [1, 2].map(() => createSecretKey(randomBytes(32))) as [never, never];
const context = '0193/header:authorization';

describe('a sealed text', () => {
  const box = new SecretBox([newer]);
  const sealed = box.seal('Bearer schlüssel', context);

  test('opens in its context, names its key, and is another each time', () => {
    expect(box.open(sealed, context)).toBe('Bearer schlüssel');
    expect(sealed).toMatch(new RegExp(`^v1\\.${box.keyId}\\.[\\w-]+$`));
    expect(box.seal('Bearer schlüssel', context)).not.toBe(sealed);
    expect(box.open(box.seal('', context), context)).toBe('');
  });

  test('does not open in another context', () => {
    expect(() => box.open(sealed, '0194/header:authorization')).toThrow(SecretUnopened);
  });

  test('does not open when any of its bytes was changed, or it was cut', () => {
    const content = Buffer.from(sealed.split('.')[2]!, 'base64url');
    const forged = [...content.keys()].map((index) => {
      const copy = Buffer.from(content);
      copy[index]! ^= 1;
      return copy;
    });
    for (const bytes of [...forged, content.subarray(0, -1), content.subarray(0, 20), Buffer.alloc(0)]) {
      const text = `v1.${box.keyId}.${bytes.toString('base64url')}`;
      expect(() => box.open(text, context)).toThrow(SecretUnopened);
    }
    expect(() => box.open('Bearer plain', context)).toThrow(SecretUnopened);
  });

  test('does not open without its key, which the error names by its id', () => {
    const other = new SecretBox([older]);
    expect(() => other.open(sealed, context)).toThrow(SecretsKeyMissing);
    expect(() => other.open(sealed, context)).toThrow(box.keyId!);
    expect(() => new SecretBox([]).open(sealed, context)).toThrow(SecretsKeyMissing);
  });
});

test('of several keys the first seals and all open', () => {
  const before = new SecretBox([older]).seal('secret', context);
  const rotating = new SecretBox([newer, older]);
  expect(rotating.open(before, context)).toBe('secret');
  expect(rotating.isCurrent(before)).toBe(false);
  const after = rotating.seal('secret', context);
  expect(rotating.isCurrent(after)).toBe(true);
  expect(new SecretBox([newer]).open(after, context)).toBe('secret');
});

test('without a key nothing is sealed', () => {
  expect(() => new SecretBox([]).seal('secret', context)).toThrow(NoSecretsKey);
});
