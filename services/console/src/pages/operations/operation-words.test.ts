import { describe, expect, it } from '@jest/globals';
import type { OperationView } from '#contracts/rest-api';
import { canaryInWords } from './operation-words.ts';

type Operation = Pick<OperationView, 'canary' | 'kind' | 'status'>;

describe('the canary of an operation in words', () => {
  it.each<[string, Operation, string]>([
    ['none', { canary: null, kind: 'retry', status: 'running' }, 'None'],
    [
      'not ended',
      { canary: { size: 10, outcome: null }, kind: 'retry', status: 'running' },
      '10 keys first; the rest follows if all succeed',
    ],
    [
      'succeeded',
      { canary: { size: 1, outcome: 'succeeded' }, kind: 'resume', status: 'finished' },
      '1 event succeeded, so the rest follows',
    ],
    [
      'failed',
      { canary: { size: 3, outcome: 'failed' }, kind: 'resume', status: 'stopped' },
      'Of 3 events at least one failed, so the rest is untouched',
    ],
    [
      'cancelled',
      { canary: { size: 3, outcome: null }, kind: 'skip', status: 'cancelled' },
      '3 keys, without a result',
    ],
  ])('%s', (_, operation, words) => {
    expect(canaryInWords(operation)).toBe(words);
  });
});
