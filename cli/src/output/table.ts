import { stripVTControlCharacters, type styleText } from 'node:util';
import { plainLine } from './plain-text.ts';

export type Style = Parameters<typeof styleText>[0];

export interface Column<T> {
  readonly title: string;
  readonly value: (item: T) => string | number | null | undefined;
  /** Of the cell. */
  readonly style?: (item: T) => Style | undefined;
  readonly align?: 'right';
  /**
   * Which end of a long value is left out where the terminal has no room for it. Without it the value is always whole:
   * ids and keys are there to be copied.
   */
  readonly cut?: 'start' | 'end';
  /** Characters that a value keeps when it is cut, even if the row becomes longer than the terminal; by default 8. */
  readonly least?: number;
  /** The only kind of table that has this column; without it both have it. */
  readonly only?: 'narrow' | 'wide';
}

export interface TableLook {
  /** Of the terminal, in characters. Infinite for a wide table, which has every column and cuts nothing. */
  readonly width: number;
  readonly style: (style: Style, text: string) => string;
}

const gap = '  ';
const leastWidth = 8;

/** Rows under titles. Values that may be cut share the room that the others leave. */
export function tableText<T>(items: readonly T[], all: readonly Column<T>[], { width, style }: TableLook): string {
  const kind = Number.isFinite(width) ? 'narrow' : 'wide';
  const columns = all.filter(({ only = kind }) => only === kind);
  const titles = columns.map(({ title }) => title.toUpperCase());
  const rows = items.map((item) => columns.map((column) => cellText(column.value(item))));
  const widths = fitted(
    columns.map(({ cut, least = leastWidth }, index) => ({
      natural: Math.max(...[titles, ...rows].map((row) => lengthOf(row[index]!))),
      least: cut === undefined ? undefined : Math.max(titles[index]!.length, least),
    })),
    width,
  );
  const lineOf = (cells: readonly string[], styleOf: (index: number) => Style | undefined): string =>
    cells
      .map((text, index) => {
        const { align, cut } = columns[index]!;
        const shown = shortened(text, widths[index]!, cut);
        const space = ' '.repeat(widths[index]! - lengthOf(shown));
        const wanted = styleOf(index);
        const styled = wanted === undefined ? shown : style(wanted, shown);
        return align === 'right' ? space + styled : styled + space;
      })
      .join(gap)
      .trimEnd();
  const head = lineOf(titles, () => 'bold');
  return [head, ...rows.map((row, at) => lineOf(row, (index) => columns[index]!.style?.(items[at]!)))].join('\n');
}

interface Wish {
  readonly natural: number;
  /** Undefined: the column is never narrower than its widest value. */
  readonly least: number | undefined;
}

/** The width of each column: the widest ones are narrowed first, all to the same width. */
function fitted(wishes: readonly Wish[], width: number): number[] {
  const room = width - (wishes.length - 1) * gap.length;
  let level = Math.max(...wishes.map(({ natural }) => natural));
  const widthOf = ({ natural, least = natural }: Wish): number => Math.min(natural, Math.max(level, least));
  const total = (): number => wishes.reduce((sum, wish) => sum + widthOf(wish), 0);
  while (level > leastWidth && total() > room) level -= 1;
  return wishes.map(widthOf);
}

function cellText(value: string | number | null | undefined): string {
  return value === null || value === undefined || value === '' ? '-' : plainLine(String(value));
}

function lengthOf(text: string): number {
  return Array.from(stripVTControlCharacters(text)).length;
}

function shortened(text: string, width: number, cut: 'start' | 'end' = 'end'): string {
  const characters = Array.from(text);
  if (characters.length <= width) return text;
  return cut === 'end'
    ? `${characters.slice(0, width - 1).join('')}…`
    : `…${characters.slice(characters.length - width + 1).join('')}`;
}
