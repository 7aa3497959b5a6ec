import { describe, expect, it } from '@jest/globals';
import type { Figure } from '../figure.ts';
import { reportOf } from './blocks.ts';
import { chart } from './chart.ts';
import type { Results } from './results.ts';
import { table } from './table.ts';

const speed: Figure = {
  name: 'one handler, 0.5 kB',
  unit: 'events/s',
  ours: { name: 'provisor', runs: [7_000, 8_000, 9_000] },
  reference: { name: 'bare loop', runs: [10_000, 10_500, 9_500] },
  target: { atLeast: 0.75 },
};
const delay: Figure = { name: 'p99', unit: 'ms', ours: { name: 'provisor', runs: [120] }, limit: 100 };
const results: Results = {
  measuredAt: '2026-03-01T09:15:00.000Z',
  quick: false,
  machine: {
    processor: 'A processor',
    cores: 2,
    memoryGiB: 8,
    system: 'Linux',
    node: 'v24',
    postgres: '18',
    rabbitmq: '4',
    loadBefore: 0.1,
  },
  benches: { speed: [speed, { name: 'peer', leftOut: 'not\ninstalled' }], delay: [delay] },
};

describe('the table on the screen', () => {
  it('has a figure beside its reference, the ratio, and what it should be', () => {
    const [, line] = table([speed]).split('\n');
    const cells = line!.trim().split(/ {2,}/);
    expect(cells).toEqual([
      ...['one handler, 0.5 kB', 'events/s', '8,000', '(7,000 … 9,000)'],
      ...['10,000 bare loop', '(9,500 … 10,500)', '0.80', '≥ 0.75', 'met'],
    ]);
  });

  it('says what was left out and why, also when nothing else is there', () => {
    expect(table([{ name: 'peer', leftOut: 'not installed' }])).toBe('  left out: peer: not installed');
  });
});

describe('the page of a run', () => {
  const { blocks, charts } = reportOf(results, 'images', ['speed', 'delay']);

  it('has a table, the machine and a chart of each bench', () => {
    expect(blocks['speed']).toContain(
      '| one handler, 0.5 kB | events/s | 8,000 | 7,000 … 9,000 | 10,000 bare loop | 9,500 … 10,500 | 0.80 | ≥ 0.75: met |',
    );
    expect(blocks['speed']).toContain('Measured on 2026-03-01: A processor, 2 cores, 8 GiB');
    expect(blocks['speed']).toContain('![speed](images/speed.events-s.svg)');
    expect(Object.keys(charts)).toContain('speed.events-s.svg');
  });

  it('says what was left out', () => expect(blocks['speed']).toContain('Left out: peer: not installed'));

  it('has no chart of a single bar', () => expect(Object.keys(charts)).toEqual(['speed.events-s.svg']));

  it('has all targets in one table', () => {
    expect(blocks['targets']).toContain('| speed | one handler, 0.5 kB | ≥ 0.75 | 0.80 | met |');
    expect(blocks['targets']).toContain('| delay | p99 | ≤ 100 ms | 120 ms | not met |');
  });

  it('leaves the overview alone when not all benches were run', () => {
    expect(reportOf(results, 'images', ['speed', 'delay', 'memory']).blocks).not.toHaveProperty('targets');
  });

  it('says of a quick look that it is one', () => {
    expect(reportOf({ ...results, quick: true }, 'images', []).blocks['speed']).toContain('A quick look');
  });
});

describe('a chart', () => {
  const rectangles = (svg: string): number[] =>
    [...svg.matchAll(/<rect class="(?:ours|reference)"[^>]* width="([\d.]+)"/g)].map(([, size]) => Number(size));

  it('draws bars as long as their values, beside each other', () => {
    const [ours, reference] = rectangles(chart('speed', [speed]));
    expect(ours! / reference!).toBeCloseTo(0.8, 2);
  });

  it('gives pairs that are far apart scales of their own, and says so', () => {
    const small = { ...speed, ours: { name: 'a', runs: [1] }, reference: { name: 'b', runs: [2] } };
    const svg = chart('speed', [speed, small]);
    expect(svg).toContain('each pair to a scale of its own');
    const [, , ours, reference] = rectangles(svg);
    expect(ours! / reference!).toBeCloseTo(0.5, 2);
    expect(reference).toBe(250);
  });

  it('marks the target', () => {
    expect(chart('speed', [speed])).toContain('class="target"');
    expect(chart('speed', [{ ...delay, limit: 1_000 }])).not.toContain('class="target"');
  });

  it('is readable on dark pages too', () => expect(chart('speed', [speed])).toContain('prefers-color-scheme: dark'));

  it('is XML, whatever a figure is called', () => {
    const svg = chart('a < b & "c"', [{ ...speed, name: '<script>' }]);
    expect(svg).toContain('a &lt; b &amp; &quot;c&quot;');
    expect(svg).not.toContain('<script>');
  });
});
