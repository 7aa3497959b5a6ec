import { expect, test } from '@jest/globals';
import { readArguments, UsageError } from './arguments.ts';

test('a run that is printed can be asked for again', () => {
  const args = ['--cluster', '--minutes', '0.5', '--seed', '7'];
  expect(readArguments(args)).toEqual({ broker: 'cluster', minutes: 0.5, seed: 7, keepLogs: false });
});

test('without arguments chance chooses the seed', () => {
  expect(readArguments([])).toMatchObject({ broker: 'any', minutes: 3 });
  expect(readArguments([]).seed).not.toBe(readArguments([]).seed);
});

test.each([[['--minutes', 'x']], [['--minutes', '']], [['--cluster', '--rabbitmq4']], [['--unknown']], [['stray']]])(
  '%j is refused with the usage',
  (args) => {
    expect(() => readArguments(args)).toThrow(UsageError);
  },
);
