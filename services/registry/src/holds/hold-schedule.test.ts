import { describe, expect, it } from '@jest/globals';
import type { Hold, HoldWindow } from '#contracts';
import { holdInForce } from './hold-in-force.ts';
import { average, pastWeeks } from './forecast-weeks.ts';
import { scheduleOf } from './hold-schedule.ts';

const at = (text: string): number => Date.parse(text);
const sunday: HoldWindow = { days: ['sun'], from: '02:00', to: '04:00', timeZone: 'UTC' };
const by = (until: string | null): Hold => ({ reason: 'upgrade', until, since: '2026-11-29T00:00:00Z', by: 'ann' });
const schedule = (hold: Hold | null, windows: HoldWindow[], now: string): unknown[] =>
  scheduleOf({ hold, windows }, at(now)).map(({ state, until, by: who, window }) => [
    state,
    until && new Date(until).toISOString(),
    who,
    window?.from ?? null,
  ]);

describe('the schedule of something that is held', () => {
  it.each<[Hold | null, HoldWindow[], string, unknown[]]>([
    [null, [], '2026-11-29T00:00:00Z', []],
    [null, [sunday], '2026-11-29T00:00:00Z', [['coming', '2026-11-29T04:00:00.000Z', null, '02:00']]],
    [
      null,
      [sunday],
      '2026-11-29T03:00:00Z',
      [
        ['held', '2026-11-29T04:00:00.000Z', null, '02:00'],
        ['coming', '2026-12-06T04:00:00.000Z', null, '02:00'],
      ],
    ],
    [by(null), [sunday], '2026-11-29T01:00:00Z', [['held', null, 'ann', null]]],
    [
      by('2026-11-29T02:30:00Z'),
      [sunday],
      '2026-11-29T01:00:00Z',
      [
        ['held', '2026-11-29T04:00:00.000Z', 'ann', null],
        ['coming', '2026-12-06T04:00:00.000Z', null, '02:00'],
      ],
    ],
    [by('2026-11-29T00:30:00Z'), [], '2026-11-29T01:00:00Z', []],
  ])('%#', (hold, windows, now, expected) => {
    expect(schedule(hold, windows, now)).toEqual(expected);
  });
});

describe('a hold', () => {
  it('is in force until its time', () => {
    const hold = by('2026-11-29T01:00:00Z');
    expect(holdInForce(hold, new Date('2026-11-29T00:59:59Z'))).toEqual(hold);
    expect(holdInForce(hold, new Date('2026-11-29T01:00:00Z'))).toBeNull();
    expect(holdInForce(by(null), new Date('2099-01-01T00:00:00Z'))).not.toBeNull();
    expect(holdInForce(null, new Date())).toBeNull();
  });
});

describe('the weeks of a forecast', () => {
  const weeks = (from: string, to: string, now: string, start: string | undefined): string[] =>
    pastWeeks({ from: at(from), to: at(to) }, at(now), start === undefined ? undefined : at(start)).map((week) =>
      new Date(week.from).toISOString().slice(0, 10),
    );

  it('are the latest four that have ended', () => {
    expect(
      weeks('2026-11-29T10:00:00Z', '2026-11-29T12:00:00Z', '2026-11-29T09:00:00Z', '2020-01-01T00:00:00Z'),
    ).toEqual(['2026-11-22', '2026-11-15', '2026-11-08', '2026-11-01']);
    expect(
      weeks('2026-12-20T10:00:00Z', '2026-12-20T12:00:00Z', '2026-11-29T11:00:00Z', '2020-01-01T00:00:00Z'),
    ).toEqual(['2026-11-22', '2026-11-15', '2026-11-08', '2026-11-01']);
  });

  it('are those that the journal has whole, or in part where it has none whole', () => {
    const [from, to, now] = ['2026-11-29T10:00:00Z', '2026-11-29T12:00:00Z', '2026-11-29T09:00:00Z'] as const;
    expect(weeks(from, to, now, '2026-11-15T11:00:00Z')).toEqual(['2026-11-22']);
    expect(weeks(from, to, now, '2026-11-22T11:00:00Z')).toEqual(['2026-11-22']);
    expect(weeks(from, to, now, '2026-11-22T12:00:00Z')).toEqual([]);
    expect(weeks(from, to, now, undefined)).toEqual([]);
  });

  it('are averaged to whole numbers', () => {
    expect([average([]), average([1, 2]), average([0, 0, 1])]).toEqual([0, 2, 0]);
  });
});
