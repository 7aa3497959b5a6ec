import { stripVTControlCharacters, type styleText } from 'node:util';
import { plainLine } from './plain-text.ts';

export type Style = Parameters<typeof styleText>[0];

export interface Column<T> {
  readonly title: string;
  readonly value: (item: T) => string | number | null | undefined;
  /** Of the cell. */
  readonly style?: (item: T) => Style | undefined;
  readonly align?: 'right';
}

export interface TableLook {
  /** Of the terminal, in characters: the last column is cut where it would reach beyond. */
  readonly width: number;
  readonly style: (style: Style, text: string) => string;
}

const gap = '  ';

/** Rows under titles, as wide as they need to be. */
export function tableText<T>(items: readonly T[], columns: readonly Column<T>[], { width, style }: TableLook): string {
  const titles = columns.map(({ title }) => title.toUpperCase());
  const rows = items.map((item) => columns.map((column) => cellText(column.value(item))));
  const widths = columns.map((_, index) => Math.max(...[titles, ...rows].map((row) => lengthOf(row[index]!))));
  const before = widths.slice(0, -1).reduce((sum, each) => sum + each + gap.length, 0);
  const last = Math.max(width - before, 10);
  const lineOf = (cells: readonly string[], styleOf: (index: number) => Style | undefined): string =>
    cells
      .map((text, index) => {
        const isLast = index === columns.length - 1;
        const cut = isLast ? shortened(text, last) : text;
        const padded =
          columns[index]!.align === 'right' ? cut.padStart(widths[index]!) : padEnd(cut, widths[index]!, isLast);
        const wanted = styleOf(index);
        return wanted === undefined ? padded : style(wanted, padded);
      })
      .join(gap)
      .trimEnd();
  const head = lineOf(titles, () => 'bold');
  return [head, ...rows.map((row, at) => lineOf(row, (index) => columns[index]!.style?.(items[at]!)))].join('\n');
}

function cellText(value: string | number | null | undefined): string {
  return value === null || value === undefined || value === '' ? '-' : plainLine(String(value));
}

function padEnd(text: string, width: number, isLast: boolean): string {
  return isLast ? text : text + ' '.repeat(width - lengthOf(text));
}

function lengthOf(text: string): number {
  return Array.from(stripVTControlCharacters(text)).length;
}

function shortened(text: string, width: number): string {
  const characters = Array.from(text);
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`;
}
