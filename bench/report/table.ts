import { isMet, median, ratio, type Figure } from '../figure.ts';

const columns = ['', 'unit', 'ours', '(min … max)', 'reference', '(min … max)', 'ratio', 'target', ''] as const;

/** The figures of a bench as people read them: medians with their spread, the ratio, and whether it is what it should be. */
export function table(figures: readonly Figure[]): string {
  const rows = [[...columns], ...figures.map(rowOf)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))),
    )
    .map((row) => `  ${row.join('  ').trimEnd()}`)
    .join('\n');
}

function rowOf(figure: Figure): string[] {
  const { name, unit, ours, reference } = figure;
  const reached = ratio(figure);
  const met = isMet(figure);
  return [
    name,
    unit,
    number(median(ours.runs)),
    spread(ours.runs),
    reference ? `${number(median(reference.runs))} ${reference.name}` : '',
    reference ? spread(reference.runs) : '',
    reached === undefined ? '' : reached.toFixed(2),
    wanted(figure),
    met === undefined ? '' : met ? 'met' : 'not met',
  ];
}

function wanted({ target, limit, unit }: Figure): string {
  if (limit !== undefined) return `≤ ${String(limit)} ${unit}`;
  if (!target) return '';
  return 'atLeast' in target ? `≥ ${String(target.atLeast)}` : `≤ ${String(target.atMost)}`;
}

function spread(runs: readonly number[]): string {
  return `(${number(Math.min(...runs))} … ${number(Math.max(...runs))})`;
}

/** Three digits that count. */
function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
