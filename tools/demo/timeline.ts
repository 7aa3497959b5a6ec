import { styleText } from 'node:util';
import type { Execution, JournalEvent } from './api.ts';

const widths = { event: 28, id: 8, number: 1, kind: 6, handler: 28, outcome: 9, time: 7 };

type Row = Record<keyof typeof widths, string>;

const head: Row = {
  event: 'EVENT',
  id: 'ID',
  number: '#',
  kind: 'KIND',
  handler: 'HANDLER',
  outcome: 'OUTCOME',
  time: 'TIME',
};

/**
 * A table of what ran for each event, in order; below 100 columns. Coloured when standard output is a terminal that
 * wants it.
 */
export function timeline(events: JournalEvent[]): string {
  return [styleText('dim', line(head)), ...events.flatMap(rowsOf).map((row) => line(row, colourOf(row)))].join('\n');
}

function rowsOf(event: JournalEvent): Row[] {
  // The end of an id, since ids that were made at the same time may begin alike.
  const first = { event: event.type, id: event.id.slice(-widths.id) };
  if (event.executions.length === 0)
    return [{ ...first, number: '-', kind: '', handler: '(no handler)', outcome: event.status, time: '' }];
  return event.executions.map((execution, index) => ({
    ...(index === 0 ? first : { event: '', id: '' }),
    number: String(index + 1),
    kind: execution.taskType,
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
