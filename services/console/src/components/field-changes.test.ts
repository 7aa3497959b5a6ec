import { describe, expect, it } from '@jest/globals';
import { changesBetween } from './field-changes.ts';

describe('what has changed', () => {
  const handler = {
    name: 'Letter',
    version: 1,
    updatedAt: '2026-03-01T09:15:00Z',
    priority: 1,
    description: '',
    condition: null,
    task: { type: 'http', url: 'http://host/', headers: { authorization: '***' } },
    retry: { maxAttempts: 8, schedule: ['5s', '5m'] },
  };

  it('is named by field, with what it was and what it is', () => {
    const after = {
      ...handler,
      version: 2,
      updatedAt: '2026-03-01T09:16:00Z',
      priority: 2,
      description: 'Printed',
      task: { ...handler.task, headers: { 'x-site': 'graz' } },
      retry: { maxAttempts: 8, schedule: ['5s'] },
    };
    expect(changesBetween(handler, after)).toEqual([
      { field: 'priority', before: '1', after: '2' },
      { field: 'description', before: '""', after: 'Printed' },
      { field: 'task.headers.authorization', before: '***', after: undefined },
      { field: 'retry.schedule', before: '["5s","5m"]', after: '["5s"]' },
      { field: 'task.headers.x-site', before: undefined, after: 'graz' },
    ]);
  });

  it('is everything of what was made or taken away, and nothing of what stayed', () => {
    expect(changesBetween(null, { role: 'admin', expiresAt: null, scopes: {} })).toEqual([
      { field: 'role', before: undefined, after: 'admin' },
      { field: 'expiresAt', before: undefined, after: 'null' },
      { field: 'scopes', before: undefined, after: '{}' },
    ]);
    expect(changesBetween({ role: 'admin' }, null)).toEqual([{ field: 'role', before: 'admin', after: undefined }]);
    expect(changesBetween(handler, structuredClone(handler))).toEqual([]);
    expect(changesBetween(null, null)).toEqual([]);
  });
});
