import { expect, it } from '@jest/globals';
import { CompiledConditions } from './compiled-conditions.ts';

it('a condition is compiled once, and forgotten when no handler has it any more', () => {
  const conditions = new CompiledConditions();
  const [kept, dropped] = [conditions.of('data.id == 1'), conditions.of('data.id == 2')];
  conditions.turn();
  expect(conditions.of('data.id == 1')).toBe(kept);
  conditions.turn();
  expect(conditions.of('data.id == 1')).toBe(kept);
  expect(conditions.of('data.id == 2')).not.toBe(dropped);
});

it('a text that is no condition fails for every event', () => {
  const event = { id: 'e', type: 't', occurredAt: 0, objectId: 1, data: {}, previous: null };
  expect(new CompiledConditions().of('data.id ==').of(event)).toMatchObject({ kind: 'failed' });
});
