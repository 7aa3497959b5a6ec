import { functionRules } from '../functions/functions.ts';
import type { FunctionRule } from '../functions/rule.ts';
import type { Kind } from '../values.ts';

/** As long as a body may be. */
const bytes = 1_000_000;

const repeated = (item: string, share = 1) =>
  `[${Array(Math.floor((bytes * share) / (item.length + 1)))
    .fill(item)
    .join(',')}]`;
const members = (count: number, value: string) =>
  `{${Array.from({ length: count }, (_, i) => `"key${i}":${value}`).join(',')}}`;
const nested = (depth: number, open: string, inner: string, close: string) =>
  open.repeat(depth) + inner + close.repeat(depth);
const text = (value: string) => JSON.stringify(value);

/**
 * Texts of `data` that make things as dear as an event of the largest size can: each has `a` and `b`, which are alike,
 * and a list.
 */
export const hostileData: Readonly<Record<string, string>> = {
  'alike texts': `{"a":${text('a'.repeat(400_000))},"b":${text(`${'a'.repeat(100_000)}b${'a'.repeat(100_000)}`)},"list":${repeated('"aaaaaaab"', 0.25)}}`,
  'one pattern in a text': `{"a":${text('a'.repeat(800_000))},"b":${text(`b${'a'.repeat(60)}`)},"list":${repeated('1', 0.1)}}`,
  'equal texts': `{"a":${text('x'.repeat(450_000))},"b":${text('x'.repeat(450_000))},"list":${repeated('"x"', 0.05)}}`,
  'texts beyond the basic plane': `{"a":"${'𝒳'.repeat(100_000)}","b":"${'𝒳'.repeat(99_999)}y","list":${repeated('"𝒳"', 0.3)}}`,
  'white space': `{"a":${text(' '.repeat(450_000))},"b":${text(`${' '.repeat(400_000)}x`)},"list":${repeated('" "', 0.05)}}`,
  'letters that alternate': `{"a":${text('aB'.repeat(400_000))},"b":"aBa","list":${repeated('"aB"', 0.1)}}`,
  'many small numbers': `{"a":${repeated('1', 0.5)},"b":${repeated('1', 0.5)},"list":${repeated('7', 0.01)}}`,
  'many long numbers': `{"a":${repeated('9223372036854775807', 0.4)},"b":${repeated('18446744073709551615', 0.4)},"list":${repeated('1.5e300', 0.2)}}`,
  'many objects': `{"a":${repeated('{"x":1}', 0.4)},"b":${repeated('{"x":1}', 0.4)},"list":${repeated('{}', 0.2)}}`,
  'many fields': `{"a":${members(30_000, '1')},"b":${members(30_000, '1.0')},"list":${repeated('"key1"', 0.2)}}`,
  'deep lists': `{"a":[${Array(1_500)
    .fill(nested(100, '[', '1', ']'))
    .join(',')}],"b":[${Array(1_500)
    .fill(nested(100, '[', '1', ']'))
    .join(',')}],"list":${repeated('[]', 0.3)}}`,
  'deep objects': `{"a":${nested(100, '{"k":', repeated('1', 0.3), '}')},"b":${nested(100, '{"k":', repeated('1', 0.3), '}')},"list":${repeated('null', 0.2)}}`,
  'digits as text': `{"a":${text('9'.repeat(450_000))},"b":"${'9'.repeat(400)}","list":${repeated('"9223372036854775807"', 0.4)}}`,
  'times as text': `{"a":"2026-03-01T09:15:00.${'1'.repeat(450_000)}Z","b":"2026-03-01T09:15:00Z","list":${repeated('"2026-03-01T09:15:00.123456789Z"', 0.5)}}`,
  'zones as text': `{"a":"Europe/Rome","b":"America/Argentina/Buenos_Aires","list":[${Array(19_000).fill('"Asia/Kolkata","Etc/GMT+1","Nowhere/At_All","+01:00"').join(',').slice(0, -1)}"]}`,
  'durations as text': `{"a":"${'1h'.repeat(225_000)}","b":"${'1h'.repeat(50)}","list":${repeated('"1h1m1s1ms1us1ns"', 0.5)}}`,
  dots: `{"a":"${'k.'.repeat(225_000)}k","b":"${'.'.repeat(100)}","list":${repeated('"k.k.k.k"', 0.4)}}`,
};

/** How a value of a kind is got from a document, in several ways. */
const values: Readonly<Record<Kind | 'dyn', readonly string[]>> = {
  dyn: ['data.a', 'data.b', 'data.list', 'data', 'x'],
  string: ['data.a', 'data.b', 'x', '"aaaaaaab"', '(data.a + data.b)'],
  int: ['1', '9223372036854775807', 'x'],
  uint: ['1u', 'x'],
  double: ['1.5', 'x'],
  bool: ['true', 'x'],
  null: ['null'],
  bytes: ['b"aaaa"'],
  list: ['data.a', 'data.b', 'data.list', '[data.a, data.b]', '(data.list + data.list)'],
  map: ['data.a', 'data.b', 'data', '{"k": data.a}'],
  timestamp: ['timestamp(event.dt)', 'timestamp(x)', 'timestamp(data.a)'],
  duration: ['duration("1h")', 'duration(x)', 'duration(data.a)'],
  type: ['type(x)'],
};

function callsOf({ name, style, takes }: FunctionRule): string[] {
  const most = Math.max(...takes.map((kind) => values[kind].length));
  return Array.from({ length: most }, (_, turn) => {
    const args = takes.map((kind, i) => values[kind][(turn + (i > 0 ? turn + 1 : 0)) % values[kind].length]!);
    return style === 'method' ? `${args[0]!}.${name}(${args.slice(1).join(', ')})` : `${name}(${args.join(', ')})`;
  });
}

const operators = ['+', '-', '*', '/', '%', '<', '<=', '>', '>=', '==', '!=', 'in'];
const operands = [
  'data.a',
  'data.b',
  'x',
  'data.list',
  'dyn(data)',
  'dyn({"k": data.a})',
  'dyn([data.a, data.b])',
  '(data.a + data.b)',
];

const parts: readonly string[] = [
  ...functionRules.flatMap(callsOf),
  ...operators.flatMap((operator) =>
    operands.flatMap((one, i) => [
      `${one} ${operator} ${operands[(i + 1) % operands.length]!}`,
      `${one} ${operator} ${one}`,
    ]),
  ),
  'data.a.b.c',
  'x.missing',
  'data[x]',
  'data.a[x]',
  'data.list[0]',
  'has(x.a)',
  'changed("a")',
  'changed("list")',
  'changed(data.a)',
  'changed(x)',
  'data.a.filter(y, y == x)',
  'data.a.exists_one(y, y == x)',
  'data.a.all(y, y in data.b)',
  '(x == 1 ? data.a : data.b) == data.a',
  '-x',
  '!x',
  '[x, x, x, x, x, x, x, x, x, x] == data.a',
  '{"a": x, "b": x, "c": x} == data.a',
];

/** The longest condition that repeats a part, in words that keep it a condition. */
function longest(part: string): string {
  const times = Math.max(1, Math.min(12, Math.floor(1_900 / (part.length + 12))));
  return Array(times).fill(`dyn(${part}) == 0`).join(' || ');
}

/** Conditions made of all functions and operators: alone, repeated, in a loop, and in nested loops. */
export const hostileConditions: readonly string[] = [...new Set(parts)].flatMap((part) => [
  `[data.list].exists(x, dyn(${part}) == 0)`,
  `[data.a].exists(x, ${longest(part)})`,
  `data.list.exists(x, dyn(${part}) == 0)`,
  `data.list.filter(x, dyn(${part}) == 0) == data.list`,
  `data.list.exists(w, data.list.exists(x, dyn(${part}) == 0 || w == 0))`,
]);

/** Texts as long as a condition may be that are made to be read slowly; most are no conditions. */
export function hostileSources(length: number): string[] {
  const openings = [
    '(',
    '[',
    '{',
    '!',
    '-',
    '!-',
    'a.',
    'a[',
    'f(',
    'x?',
    'x?y:',
    '1+',
    '"',
    "'",
    '\\',
    '"\\',
    '//',
    '"""',
    'b"',
    'r"',
    '9',
    '0x',
    '1.',
    '1e',
    '9.',
    'a.b(',
    '[].all(x,',
    'has(',
    '{1:',
    '{"a":',
    '&&',
    '||',
    'x||',
    'x&&',
    'x==',
    'x in ',
    '\n',
    ' ',
    '\t',
    'ü',
    '𝒳',
    '`',
    '\u0000',
    '1u',
    ',',
    'true?true:',
    'data.list.exists(x,',
    'data.list.filter(x,true).',
    'cel.bind(a,a+a,',
    '[1].map(x,',
    '[[],',
    '{"a":{},',
    '"\\u0041',
    '.a',
    '[0]',
  ];
  return openings.flatMap((opening) => {
    const text = opening.repeat(Math.ceil(length / opening.length)).slice(0, length);
    return [text, `${text.slice(0, -5)}true`];
  });
}
