import { isFigure, isMet, median, ratio, type Figure, type Finding, type LeftOut } from '../figure.ts';
import { number, spread } from './number.ts';

const columns = ['', 'unit', 'ours', '(min … max)', 'reference', '(min … max)', 'ratio', 'target', ''] as const;

/**
 * The figures of a bench as people read them: medians with their spread, the ratio, and whether it is what it should
 * be.
 */
export function table(findings: readonly Finding[]): string {
  const figures = findings.filter(isFigure);
  const rows = figures.length > 0 ? [[...columns], ...figures.map(rowOf)] : [];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  '),
  );
  const leftOut = findings
    .filter((finding): finding is LeftOut => !isFigure(finding))
    .map(({ name, leftOut: reason }) => `left out: ${name}: ${reason}`);
  return [...lines, ...leftOut].map((line) => `  ${line.trimEnd()}`).join('\n');
}

function rowOf(figure: Figure): string[] {
  const { name, unit, ours, reference } = figure;
  const reached = ratio(figure);
  const met = isMet(figure);
  return [
    name,
    unit,
    number(median(ours.runs)),
    `(${spread(ours.runs)})`,
    reference ? `${number(median(reference.runs))} ${reference.name}` : '',
    reference ? `(${spread(reference.runs)})` : '',
    reached === undefined ? '' : reached.toFixed(2),
    wanted(figure),
    met === undefined ? '' : met ? 'met' : 'not met',
  ];
}

/** What the target says; empty where there is none. */
export function wanted({ target, limit, unit }: Figure): string {
  if (limit !== undefined) return `≤ ${String(limit)} ${unit}`;
  if (!target) return '';
  return 'atLeast' in target ? `≥ ${String(target.atLeast)}` : `≤ ${String(target.atMost)}`;
}
