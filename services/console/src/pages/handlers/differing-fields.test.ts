import { expect, it } from '@jest/globals';
import { differingFields } from './differing-fields.ts';

it('names what differs in two versions of a handler', () => {
  const task = { type: 'http', url: 'http://a', headers: { a: '1' } };
  const before = { name: 'A', task, retry: { maxAttempts: 3, schedule: ['5s'] }, version: 1, onFailure: 'stop' };
  const after = {
    ...before,
    name: 'B',
    task: { ...task, url: 'http://b', headers: { a: '2' }, tls: {} },
    retry: { maxAttempts: 3, schedule: ['5s', '1m'] },
    version: 2,
  };
  expect(differingFields(before, after)).toEqual(['name', 'task.url', 'task.headers', 'task.tls', 'retry.schedule']);
  expect(differingFields(before, { ...before, version: 2 })).toEqual([]);
});
