import { describe, expect, it } from '@jest/globals';
import { tableText, type Column } from './table.ts';

interface Row {
  name: string;
  count: number | null;
  text: string;
}
const columns: Column<Row>[] = [
  { title: 'name', value: ({ name }) => name },
  { title: 'count', value: ({ count }) => count, align: 'right' },
  { title: 'text', value: ({ text }) => text, style: ({ text }) => (text === 'bad' ? 'red' : undefined) },
];
const plain = { width: Number.POSITIVE_INFINITY, style: (_style: unknown, text: string): string => text };

describe('a table', () => {
  it('is as wide as what is in it, with numbers to the right', () => {
    const rows = [
      { name: 'a', count: 7, text: 'x' },
      { name: 'longer', count: null, text: '' },
    ];
    expect(tableText(rows, columns, plain)).toBe('NAME    COUNT  TEXT\na           7  x\nlonger      -  -');
  });

  it('cuts the last column where the terminal ends', () => {
    const text = tableText([{ name: 'a', count: 1, text: 'x'.repeat(50) }], columns, { ...plain, width: 30 });
    expect(text.split('\n')[1]).toBe(`a         1  ${'x'.repeat(16)}…`);
  });

  it('lets nothing in it act on the terminal', () => {
    const text = tableText([{ name: '\u001b[2Ja\nb\u009b', count: 1, text: '\u202egnp' }], columns, plain);
    expect(text.split('\n')[1]).toBe(' [2Ja b       1  gnp');
  });

  it('colours whole cells', () => {
    const style = (name: unknown, text: string): string => `<${String(name)}>${text}</>`;
    const lines = tableText([{ name: 'a', count: 1, text: 'bad' }], columns, { ...plain, style }).split('\n');
    expect(lines[1]).toBe('a         1  <red>bad</>');
  });
});
