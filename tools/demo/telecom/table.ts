import { styleText } from 'node:util';
import { expectedAnswer, type Client, type Standing } from './clients.ts';

type Colour = Parameters<typeof styleText>[0];

const standings: Readonly<Record<Standing, string>> = {
  unknown: '',
  paid: 'above zero',
  unpaid: 'zero',
  deleted: 'deleted',
};

const answers: Readonly<Record<string, { words: string; colour: Colour }>> = {
  200: { words: '200 answered', colour: 'green' },
  401: { words: '401 wrong password', colour: 'red' },
  402: { words: '402 Payment Required', colour: 'yellow' },
  404: { words: '404 Not Found', colour: 'dim' },
  none: { words: 'no answer', colour: 'red' },
};

/** The clients with what their calls were last answered with; `…` where that is not yet what billing wants. */
export function clientTable(clients: readonly Client[]): string {
  const head = styleText('dim', row('CLIENT', 'NAME', 'BALANCE', 'CALL'));
  return [head, ...clients.map(clientRow)].join('\n');
}

function clientRow({ id, name, standing, answer }: Client): string {
  const { words, colour } = answers[answer ?? ''] ?? { words: '', colour: 'dim' as const };
  const isDue = answer !== undefined && answer !== expectedAnswer(standing);
  return `${row(String(id), name, standings[standing])}${styleText(colour, words)}${isDue ? ' …' : ''}`;
}

function row(id: string, name: string, standing: string, call = ''): string {
  return `${id.padEnd(8)}${name.padEnd(16)}${standing.padEnd(12)}${call}`;
}
