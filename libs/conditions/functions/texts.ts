import { textSearch, type Direction } from '../text-search.ts';
import type { Meter } from '../scope.ts';
import { Fault, type Kind, type Value } from '../values.ts';
import type { FunctionRule } from './rule.ts';

/** Methods of strings. Places in a string are counted in code points, as `size` counts them. */
export const texts: readonly FunctionRule[] = [
  method('contains', ['string'], 'bool', ([text, wanted], meter) => place(text, wanted, 'forward', 0, meter) >= 0),
  method('startsWith', ['string'], 'bool', ([text, beginning], meter) => {
    if (beginning.length > text.length) return false;
    meter.copy(beginning.length);
    return isSame(text.slice(0, beginning.length), beginning);
  }),
  method('endsWith', ['string'], 'bool', ([text, end], meter) => {
    if (end.length > text.length) return false;
    meter.copy(end.length);
    return isSame(text.slice(text.length - end.length), end);
  }),
  method('lowerAscii', [], 'string', ([text], meter) => replaced(text, /[A-Z]+/g, (part) => part.toLowerCase(), meter)),
  method('upperAscii', [], 'string', ([text], meter) => replaced(text, /[a-z]+/g, (part) => part.toUpperCase(), meter)),
  method('trim', [], 'string', ([text], meter) => {
    meter.visit(text.length);
    return text.trim();
  }),
  method('indexOf', ['string'], 'int', ([text, wanted], meter) => indexOf(text, wanted, 0, 'forward', meter)),
  method('lastIndexOf', ['string'], 'int', ([text, wanted], meter) =>
    indexOf(text, wanted, text.length, 'backward', meter),
  ),
  searchFrom('indexOf', 'forward'),
  searchFrom('lastIndexOf', 'backward'),
  {
    name: 'substring',
    style: 'method',
    takes: ['string', 'int'],
    gives: 'string',
    run: ([text, start], meter) => substring(text as string, start as bigint, undefined, meter),
  },
  {
    name: 'substring',
    style: 'method',
    takes: ['string', 'int', 'int'],
    gives: 'string',
    run: ([text, start, end], meter) => substring(text as string, start as bigint, end as bigint, meter),
  },
];

/** `startsWith` compares unit by unit, `===` by blocks. */
function isSame(part: string, wanted: string): boolean {
  return part === wanted;
}

type Run = (texts: readonly [string, string], meter: Meter) => Value | Fault;

function method(name: string, takes: Kind[], gives: Kind, run: Run): FunctionRule {
  return {
    name,
    style: 'method',
    takes: ['string', ...takes],
    gives,
    run: (values, meter) => run(values as unknown as readonly [string, string], meter),
  };
}

function searchFrom(name: string, direction: Direction): FunctionRule {
  return {
    name,
    style: 'method',
    takes: ['string', 'string', 'int'],
    gives: 'int',
    run: ([text, wanted, from], meter) => {
      const unit = unitAt(text as string, from as bigint, meter);
      return unit === undefined
        ? new Fault(`${name} takes a place within the string`)
        : indexOf(text as string, wanted as string, unit, direction, meter);
    },
  };
}

function indexOf(text: string, wanted: string, from: number, direction: Direction, meter: Meter): bigint {
  const unit = place(text, wanted, direction, from, meter);
  return unit < 0 ? -1n : BigInt(codePoints(text, unit, meter));
}

/** In UTF-16 units; -1: nowhere. */
function place(text: string, wanted: string, direction: Direction, from: number, meter: Meter): number {
  const search = textSearch(text, wanted, direction);
  meter.steps(search.steps);
  return search.run(from);
}

function replaced(text: string, pattern: RegExp, by: (part: string) => string, meter: Meter): string {
  // Each part that is found costs a call.
  meter.steps(text.length);
  return text.replace(pattern, by);
}

function substring(text: string, start: bigint, end: bigint | undefined, meter: Meter): string | Fault {
  const from = unitAt(text, start, meter);
  const to = end === undefined ? text.length : unitAt(text, end, meter);
  if (from === undefined || to === undefined || to < from) {
    return new Fault('substring takes places within the string, the first not after the second');
  }
  return text.slice(from, to);
}

/** How many code points there are before a place in units. */
export function codePoints(text: string, before: number, meter: Meter): number {
  meter.visit(before);
  let pairs = 0;
  for (let i = 1; i < before; i++) if (isPair(text, i)) pairs++;
  return before - pairs;
}

/** The place in units of a code point; undefined when the string has none there, nor ends there. */
function unitAt(text: string, codePoint: bigint, meter: Meter): number | undefined {
  if (codePoint < 0n || codePoint > BigInt(text.length)) return undefined;
  const wanted = Number(codePoint);
  meter.visit(wanted);
  let unit = 0;
  for (let passed = 0; passed < wanted; passed++) {
    if (unit >= text.length) return undefined;
    unit += isPair(text, unit + 1) ? 2 : 1;
  }
  return unit;
}

/** Whether the unit at a place is the second one of a code point. */
function isPair(text: string, second: number): boolean {
  const unit = text.charCodeAt(second);
  if (!(unit >= 0xdc00 && unit <= 0xdfff)) return false;
  const first = text.charCodeAt(second - 1);
  return first >= 0xd800 && first <= 0xdbff;
}
