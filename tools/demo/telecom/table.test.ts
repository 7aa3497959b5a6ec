import { stripVTControlCharacters } from 'node:util';
import { expect, it } from '@jest/globals';
import { clientTable } from './table.ts';

it('the table of the telecom demo shows balances and calls, and marks what is not yet as billing wants it', () => {
  const table = clientTable([
    { id: 1, name: 'One', standing: 'paid', answer: 200 },
    { id: 2, name: 'Two', standing: 'unpaid', answer: 200 },
    { id: 3, name: 'Three', standing: 'unpaid', answer: 402 },
    { id: 4, name: 'Four', standing: 'deleted', answer: 'none' },
    { id: 5, name: 'Five', standing: 'unknown', answer: undefined },
  ]);
  const lines = stripVTControlCharacters(table)
    .split('\n')
    .map((line) => line.trimEnd());
  expect(lines).toEqual([
    'CLIENT  NAME            BALANCE     CALL',
    '1       One             above zero  200 answered',
    '2       Two             zero        200 answered …',
    '3       Three           zero        402 Payment Required',
    '4       Four            deleted     no answer …',
    '5       Five',
  ]);
});
