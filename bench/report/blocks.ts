import { isFigure, isMet, median, ratio, type Figure, type Finding, type LeftOut } from '../figure.ts';
import { chart } from './chart.ts';
import { machineLine } from './machine.ts';
import { number, spread } from './number.ts';
import type { Results } from './results.ts';
import { wanted } from './table.ts';

/** What a page is made of. */
export interface Report {
  /** Markdown, by the name of its place. */
  readonly blocks: Readonly<Record<string, string>>;
  /** SVG, by the name of the file. */
  readonly charts: Readonly<Record<string, string>>;
}

/** Where the overview of all targets stands; only of a run of every bench. */
export const targetsBlock = 'targets';

/**
 * The page's share of each bench that was measured, and of the targets when all benches were.
 *
 * @param folder Of the charts, as the page names it.
 * @param all The names of all benches.
 */
export function reportOf(results: Results, folder: string, all: readonly string[]): Report {
  const blocks: Record<string, string> = {};
  const charts: Record<string, string> = {};
  for (const [bench, findings] of Object.entries(results.benches)) {
    const drawn = chartsOf(bench, findings);
    Object.assign(charts, drawn);
    const images = Object.keys(drawn).map((file) => `![${bench}](${folder}/${file})`);
    blocks[bench] = [when(results), ...images, tableOf(findings), ...leftOutOf(findings)].join('\n\n');
  }
  if (all.every((name) => Object.hasOwn(results.benches, name))) blocks[targetsBlock] = targetsOf(results);
  return { blocks, charts };
}

function when({ measuredAt, quick, machine }: Results): string {
  const how = quick ? ' A quick look: fewer and shorter runs.' : '';
  return `Measured on ${measuredAt.slice(0, 10)}: ${machineLine(machine)}.${how}`;
}

/** A chart for each unit, unless a single bar is all there is to it. */
function chartsOf(bench: string, findings: readonly Finding[]): Record<string, string> {
  const byUnit = Map.groupBy(findings.filter(isFigure), ({ unit }) => unit);
  const charts = [...byUnit]
    .filter(([, figures]) => figures.length > 1 || figures[0]!.reference !== undefined)
    .map(
      ([unit, figures]) =>
        [`${bench}.${unit.replace('µ', 'u').replaceAll(/[^a-z]+/gi, '-')}.svg`, chart(bench, figures)] as const,
    );
  return Object.fromEntries(charts);
}

function tableOf(findings: readonly Finding[]): string {
  const figures = findings.filter(isFigure);
  if (figures.length === 0) return '';
  const head = ['what', 'unit', 'ours', 'runs', 'reference', 'its runs', 'ratio', 'target'];
  return markdownTable(head, figures.map(rowOf));
}

function rowOf(figure: Figure): string[] {
  const { name, unit, ours, reference } = figure;
  return [
    ...[name, unit, number(median(ours.runs)), spread(ours.runs)],
    ...(reference ? [`${number(median(reference.runs))} ${reference.name}`, spread(reference.runs)] : ['', '']),
    ratio(figure)?.toFixed(2) ?? '',
    verdict(figure),
  ];
}

function verdict(figure: Figure): string {
  const met = isMet(figure);
  return met === undefined ? '' : `${wanted(figure)}: ${met ? 'met' : 'not met'}`;
}

function leftOutOf(findings: readonly Finding[]): string[] {
  return findings
    .filter((finding): finding is LeftOut => !isFigure(finding))
    .map(({ name, leftOut }) => `Left out: ${name}: ${leftOut.replaceAll(/\s+/g, ' ')}`);
}

/** Everything that something is asked of, in one table. */
function targetsOf(results: Results): string {
  const rows = Object.entries(results.benches).flatMap(([bench, findings]) =>
    findings
      .filter(isFigure)
      .filter((figure) => isMet(figure) !== undefined)
      .map((figure) => [bench, figure.name, wanted(figure), reached(figure), isMet(figure) ? 'met' : 'not met']),
  );
  return `${when(results)}\n\n${markdownTable(['bench', 'what', 'target', 'reached', ''], rows)}`;
}

function reached(figure: Figure): string {
  const value = figure.limit === undefined ? ratio(figure) : undefined;
  return value === undefined ? `${number(median(figure.ours.runs))} ${figure.unit}` : value.toFixed(2);
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]): string => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [cells(head), cells(head.map(() => '---')), ...rows.map(cells)].join('\n');
}
