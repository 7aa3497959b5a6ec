import { describe, expect, it } from '@jest/globals';
import { lowestIdAt, orderedIdAt, timeOfId } from './time-ids.ts';

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
