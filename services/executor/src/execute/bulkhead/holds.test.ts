import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Holdable, HoldWindow } from '#contracts';
import type { CatalogHandler, CatalogTarget } from '../handler-catalog.ts';
import { Holds } from './holds.ts';

const free = { hold: null, windows: [], releasePerSecond: 250 } satisfies Holdable;
const held = (until: string | null = null) => ({
  ...free,
  hold: { reason: 'upgrade', until, since: '2026-01-01T00:00:00Z', by: 'me' },
});
const during = (...windows: HoldWindow[]) => ({ ...free, windows });

describe('holds', () => {
  let now: number;
  let holds: Holds;

  beforeEach(() => {
    now = Date.parse('2026-03-29T00:00:00Z');
    holds = new Holds(() => now);
  });

  const use = (ofHandler: Holdable, ofTarget?: Holdable) => {
    const target = ofTarget && ({ id: 't', ...ofTarget } as CatalogTarget);
    const handler = { id: 'h', ...ofHandler, ...(target && { target }) } as CatalogHandler;
    holds.use({ handlers: [handler], targets: new Map(target ? [['t', target]] : []) });
    return handler;
  };
  const at = (time: string) => (now = Date.parse(time));

  it('are none where there is neither a hold nor a window', () => {
    expect(holds.heldBy(use(free, free))).toBeUndefined();
    expect(holds.nextChangeMs).toBe(Infinity);
  });

  it('are of the handler, or of its target, which goes first', () => {
    expect(holds.heldBy(use(held(), free))).toBe('h');
    expect(holds.heldBy(use(free, held()))).toBe('t');
    expect(holds.heldBy(use(held(), held()))).toBe('t');
    expect(holds.nextChangeMs).toBe(Infinity);
  });

  it('are those of the catalog in force, also for a handler of an older one', () => {
    const before = use(free, free);
    use(free, held());
    expect(holds.heldBy(before)).toBe('t');
    use(free, free);
    expect(holds.heldBy({ ...before, target: { ...before.target!, ...held() } })).toBeUndefined();
  });

  it('end at their time', () => {
    const handler = use(held('2026-03-29T01:00:00Z'));
    expect(holds.heldBy(handler)).toBe('h');
    expect(holds.nextChangeMs).toBe(3_600_000);
    at('2026-03-29T00:59:59.999Z');
    expect(holds.isHeld('h')).toBe(true);
    at('2026-03-29T01:00:00Z');
    expect(holds.isHeld('h')).toBe(false);
    expect(holds.nextChangeMs).toBe(Infinity);
  });

  it('are found out again when the clock is set back', () => {
    const handler = use(during({ days: ['sun'], from: '02:00', to: '04:00', timeZone: 'UTC' }));
    at('2026-03-29T02:30:00Z');
    expect(holds.heldBy(handler)).toBe('h');
    at('2026-03-29T01:30:00Z');
    expect(holds.heldBy(handler)).toBeUndefined();
    expect(holds.nextChangeMs).toBe(1_800_000);
    at('2026-03-29T04:00:00Z');
    expect(holds.heldBy(handler)).toBeUndefined();
    at('2026-03-29T03:30:00Z');
    expect(holds.heldBy(handler)).toBe('h');
  });

  it.each([
    // Clocks go forward at 01:00 UTC: 02:00 is skipped, and counts as though it were not.
    ['forward', '2026-03-29', '01:00', '02:00', true],
    ['not at all', '2026-04-05', '00:00', '02:00', true],
    // Clocks go back at 01:00 UTC: the second hour of two to three belongs to the window as well.
    ['back', '2026-10-25', '00:00', '03:00', true],
  ])('repeat by the clocks of a time zone, where these go %s', (_, day, from, to) => {
    const window: HoldWindow = { days: ['sun'], from: '02:00', to: '04:00', timeZone: 'Europe/Berlin' };
    at(`${day}T${from}:00Z`);
    const begin = now;
    const end = Date.parse(`${day}T${to}:00Z`);
    const handler = use(during(window));
    // As one process meets it, whose clock moves on.
    at(`${day}T00:00:00Z`);
    now = begin - 1;
    expect(holds.heldBy(handler)).toBeUndefined();
    expect(holds.nextChangeMs).toBe(1);
    now = begin;
    expect(holds.heldBy(handler)).toBe('h');
    now = end - 1;
    expect(holds.heldBy(handler)).toBe('h');
    expect(holds.nextChangeMs).toBe(1);
    now = end;
    expect(holds.heldBy(handler)).toBeUndefined();
  });
});
