import { describe, expect, it } from '@jest/globals';
import { validate, version } from 'uuid';
import { executionId, lowestIdAt, orderedIdAt, timeOfId } from './uuid-v7.ts';

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

describe('ids that sort by time', () => {
  it('sort by time, and within a millisecond in the order in which they were made', () => {
    const moment = new Date('2026-03-01T09:15:00Z');
    const earlier = orderedIdAt(new Date(moment.getTime() - 1));
    const ids = [earlier, ...Array.from({ length: 2_000 }, () => orderedIdAt(moment))];
    ids.push(orderedIdAt(new Date(moment.getTime() + 1)));
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are UUIDv7 of their moment', () => {
    const moment = new Date('2026-03-01T09:15:00Z');
    expect(orderedIdAt(moment)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(parseInt(orderedIdAt(moment).replaceAll('-', '').slice(0, 12), 16)).toBe(moment.getTime());
    expect(timeOfId(orderedIdAt(moment))).toBe(moment.getTime());
    expect(timeOfId(lowestIdAt(moment.getTime()))).toBe(moment.getTime());
  });
});
