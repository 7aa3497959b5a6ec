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
  {
    title: 'text',
    cut: 'end',
    value: ({ text }) => text,
    style: ({ text }) => (text === 'bad' ? 'red' : undefined),
  },
];
const plain = { width: Number.POSITIVE_INFINITY, style: (_style: unknown, text: string): string => text };
const narrow = { ...plain, width: 80 };

describe('a table', () => {
  it('is as wide as its values, with numbers to the right', () => {
    const rows = [
      { name: 'a', count: 7, text: 'x' },
      { name: 'longer', count: null, text: '' },
    ];
    expect(tableText(rows, columns, plain)).toBe('NAME    COUNT  TEXT\na           7  x\nlonger      -  -');
  });

  it('fits the terminal however long a value is that may be cut', () => {
    const long: Column<Row>[] = [
      { title: 'name', value: ({ name }) => name, cut: 'end' },
      { title: 'url', value: ({ text }) => text, cut: 'start' },
      { title: 'id', value: () => '01933a64-0000-7000-8000-000000000001' },
    ];
    const row = { name: 'n'.repeat(300), count: 1, text: `http://${'h'.repeat(300)}/api` };
    const [, line] = tableText([row], long, narrow).split('\n');
    expect(line).toBe(`${'n'.repeat(19)}…  …${'h'.repeat(15)}/api  01933a64-0000-7000-8000-000000000001`);
    expect(line).toHaveLength(80);
  });

  it('narrows the widest values first', () => {
    const three: Column<Row>[] = ['a'.repeat(10), 'b'.repeat(30), 'c'.repeat(90)].map((value) => ({
      title: 't',
      value: () => value,
      cut: 'end',
    }));
    const [, line] = tableText([{ name: '', count: 1, text: '' }], three, narrow).split('\n');
    expect(line!.split(/ {2}/).map((cell) => cell.length)).toEqual([10, 30, 36]);
  });

  it('never cuts an id, even if the row becomes longer than the terminal', () => {
    const id = 'e'.repeat(100);
    const text = tableText([{ name: id, count: 1, text: 'x'.repeat(50) }], columns, narrow);
    expect(text.split('\n')[1]).toBe(`${id}      1  ${'x'.repeat(7)}…`);
  });

  it('has some columns only when it is wide, and others only when it is narrow', () => {
    const some: Column<Row>[] = [
      { title: 'short', only: 'narrow', value: () => 1 },
      { title: 'long', only: 'wide', value: () => 2 },
    ];
    const row = [{ name: 'a', count: 1, text: '' }];
    expect(tableText(row, some, narrow)).toBe('SHORT\n1');
    expect(tableText(row, some, plain)).toBe('LONG\n2');
  });

  it('lets nothing in it act on the terminal', () => {
    const text = tableText([{ name: '\u001b[2Ja\nb\u009b', count: 1, text: '\u202egnp' }], columns, plain);
    expect(text.split('\n')[1]).toBe(' [2Ja b       1  gnp');
  });

  it('colours the text of a cell', () => {
    const style = (name: unknown, text: string): string => `<${String(name)}>${text}</>`;
    const lines = tableText([{ name: 'a', count: 1, text: 'bad' }], columns, { ...plain, style }).split('\n');
    expect(lines[1]).toBe('a         1  <red>bad</>');
  });
});
