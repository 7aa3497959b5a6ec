import { describe, expect, it } from '@jest/globals';
import { validate, version } from 'uuid';
import { executionId } from './execution-id.ts';

const occurredAt = Date.parse('2026-03-01T09:15:00Z');
const handler = '0193a000-0000-7000-8000-000000000001';
const otherHandler = '0193a000-0000-7000-8000-000000000002';

describe('the id of an execution', () => {
  it('is the same whenever and wherever it is computed', () => {
    // Written out: receivers drop repeats by it, so a new release must not compute another one.
    expect(executionId('e-1', occurredAt, handler)).toBe('019ca8ad-fa20-7303-b68f-d095fde13211');
  });

  it('is a UUIDv7 whose time is that of the event', () => {
    for (const time of [0, 1, occurredAt, Date.parse('9999-12-31T23:59:59.999Z')]) {
      const id = executionId('e-1', time, handler);
      expect(validate(id)).toBe(true);
      expect(version(id)).toBe(7);
      expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(time);
    }
  });

  it('is another one for another event, handler or replay', () => {
    const ids = [
      executionId('e-1', occurredAt, handler),
      executionId('e-2', occurredAt, handler),
      executionId('e-1', occurredAt, otherHandler),
      executionId('e-1', occurredAt, handler, 'replay-1'),
      executionId('e-1', occurredAt, handler, 'replay-2'),
      executionId('e-1', occurredAt, handler, ''),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('spreads: ten thousand events give ten thousand ids', () => {
    const ids = Array.from({ length: 10_000 }, (_, n) => executionId(`e-${n}`, occurredAt, handler));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
