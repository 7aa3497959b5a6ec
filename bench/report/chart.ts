import { median, type Figure, type Series } from '../figure.ts';
import { number } from './number.ts';

/** Pixels. */
const width = 760;
const labels = 290;
const bars = 250;
const barHeight = 12;
const betweenBars = 3;
const betweenGroups = 12;
const top = 52;

/** With values further apart than this, the small ones could not be seen on a scale that all of them share. */
const widestSharedScale = 25;

/** Written for both kinds of page: readers' systems say which one they have. */
const style = `
    text { font: 12px system-ui, sans-serif; fill: #1f2328; }
    .title { font-size: 14px; font-weight: 600; }
    .note, .value { fill: #59636e; }
    .page { fill: #ffffff; }
    .ours { fill: #0969da; }
    .reference { fill: #afb8c1; }
    .spread { stroke: #1f2328; }
    .target { stroke: #bc4c00; stroke-width: 2; }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc; }
      .note, .value { fill: #9198a1; }
      .page { fill: #0d1117; }
      .ours { fill: #4493f8; }
      .reference { fill: #59636e; }
      .spread { stroke: #f0f6fc; }
      .target { stroke: #db6d28; }
    }`;

/**
 * A chart of figures of one unit: a bar for ours and one for its reference, with their spread, and a mark at what the
 * target asks for.
 */
export function chart(title: string, figures: readonly Figure[]): string {
  const tops = figures.map(highest);
  const shared = Math.max(...tops) / Math.min(...tops) <= widestSharedScale ? Math.max(...tops) : undefined;
  let y = top;
  const groups = figures.map((figure, index) => {
    const group = groupOf(figure, y, bars / (shared ?? tops[index]!));
    y += group.height + betweenGroups;
    return group.svg;
  });
  const how = shared === undefined ? ', each pair to a scale of its own' : '';
  const note = `${figures[0]!.unit}${how}; lines: lowest to highest run${figures.some(wantedValue) ? '; mark: target' : ''}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(y)}" viewBox="0 0 ${String(width)} ${String(y)}" role="img" aria-label="${escaped(title)}">`,
    `  <style>${style}\n  </style>`,
    `  <rect class="page" width="100%" height="100%" rx="6" />`,
    `  <text class="title" x="12" y="22">${escaped(title)}</text>`,
    `  <text class="note" x="12" y="39">${escaped(note)}</text>`,
    ...groups,
    '</svg>\n',
  ].join('\n');
}

function groupOf(figure: Figure, y: number, pixels: number): { svg: string; height: number } {
  const series = [figure.ours, ...(figure.reference ? [figure.reference] : [])];
  const height = series.length * (barHeight + betweenBars) - betweenBars;
  // One beyond the chart says no more than that it is far away, which the table says better.
  const wanted = (wantedValue(figure) ?? Infinity) * pixels;
  const mark = wanted <= bars * 1.05 ? wanted : undefined;
  const lines = [
    `<text x="12" y="${rounded(y + height / 2 + 4)}">${escaped(figure.name)}</text>`,
    ...series.flatMap((each, index) => {
      const place = { y: y + index * (barHeight + betweenBars), pixels, clearOf: mark ?? 0 };
      return barOf(each, index === 0 ? 'ours' : 'reference', place);
    }),
    ...(mark === undefined ? [] : [line('target', mark, y - 3, mark, y + height + 3)]),
  ];
  return { svg: lines.map((each) => `  ${each}`).join('\n'), height };
}

interface BarPlace {
  readonly y: number;
  /** Of one unit. */
  readonly pixels: number;
  /** The value is written behind this, pixels. */
  readonly clearOf: number;
}

function barOf({ name, runs }: Series, kind: 'ours' | 'reference', { y, pixels, clearOf }: BarPlace): string[] {
  const value = median(runs);
  const [least, most] = [Math.min(...runs) * pixels, Math.max(...runs) * pixels];
  const middle = y + barHeight / 2;
  const text = labels + Math.max(most, clearOf) + 8;
  return [
    `<rect class="${kind}" x="${String(labels)}" y="${String(y)}" width="${rounded(value * pixels)}" height="${String(barHeight)}" />`,
    ...(most > least ? [line('spread', least, middle, most, middle)] : []),
    `<text class="value" x="${rounded(text)}" y="${String(y + barHeight - 2)}">${escaped(`${number(value)} ${name}`)}</text>`,
  ];
}

/** What ours would have to be. */
function wantedValue({ target, limit, reference }: Figure): number | undefined {
  if (limit !== undefined) return limit;
  if (!target || !reference) return undefined;
  return median(reference.runs) * ('atLeast' in target ? target.atLeast : target.atMost);
}

function highest({ ours, reference }: Figure): number {
  return Math.max(...ours.runs, ...(reference?.runs ?? []));
}

/** From the left end of the bars. */
function line(kind: string, x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="${kind}" x1="${rounded(labels + x1)}" y1="${rounded(y1)}" x2="${rounded(labels + x2)}" y2="${rounded(y2)}" />`;
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
