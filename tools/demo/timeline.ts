import { styleText } from 'node:util';
import type { Execution, JournalEvent } from './api.ts';

/** With two columns between them, 80 altogether. */
const widths = { event: 28, number: 1, handler: 28, outcome: 9, time: 6 };

type Row = Record<keyof typeof widths, string>;

const head: Row = {
  event: 'EVENT',
  number: '#',
  handler: 'HANDLER',
  outcome: 'OUTCOME',
  time: 'TIME',
};

/**
 * A table of what ran for each event, in order. Coloured when standard output is a terminal that wants it.
 */
export function timeline(events: JournalEvent[]): string {
  return [styleText('dim', line(head)), ...events.flatMap(rowsOf).map((row) => line(row, colourOf(row)))].join('\n');
}

function rowsOf(event: JournalEvent): Row[] {
  if (event.executions.length === 0)
    return [{ event: event.type, number: '-', handler: '(no handler)', outcome: event.status, time: '' }];
  return event.executions.map((execution, index) => ({
    event: index === 0 ? event.type : '',
    number: String(index + 1),
    handler: execution.handlerName,
    outcome: outcomeOf(execution),
    time: `${Math.round(execution.durationMs)} ms`.padStart(widths.time),
  }));
}

function outcomeOf({ status, attempts }: Execution): string {
  return attempts.at(-1)?.outcome ?? status;
}

function colourOf({ outcome }: Row): 'green' | 'red' {
  return outcome === 'success' ? 'green' : 'red';
}

function line(row: Row, colour?: 'green' | 'red'): string {
  const cells = (Object.keys(widths) as (keyof Row)[]).map((column) => {
    const cell = pad(row[column], column);
    return colour && column === 'outcome' ? styleText(colour, cell) : cell;
  });
  return cells.join('  ').trimEnd();
}

function pad(text: string, column: keyof Row): string {
  const width = widths[column];
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}
