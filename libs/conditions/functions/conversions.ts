import { toDouble } from '../arithmetic.ts';
import { beyondDouble } from '../equality.ts';
import { floorDivided, Fault, kinds, kindOf, maxInt, maxUint, minInt, Timestamp, TypeName, Uint } from '../values.ts';
import type { Value } from '../values.ts';
import type { Meter } from '../scope.ts';
import { forKinds, type FunctionRule } from './rule.ts';
import { durationText, timestampText } from './time-texts.ts';

const same = (value: Value) => value;

/** To write a number, or to read one, from few characters. */
const conversionSteps = 10;

/** `int(x)` and its like. A text must be how CEL writes the number, and nothing around it. */
const rules: readonly FunctionRule[] = [
  ...forKinds('int', 'int', {
    int: same,
    uint: (value) => intOf((value as Uint).value),
    double: (value) => truncated(value as number, intOf),
    string: (value) => wholeIn(value as string, 'int', intOf),
    timestamp: (value) => floorDivided((value as Timestamp).nanoseconds, 1_000_000_000n),
  }),
  ...forKinds('uint', 'uint', {
    uint: same,
    int: (value) => uintOf(value as bigint),
    double: (value) => truncated(value as number, uintOf),
    string: (value) => wholeIn(value as string, 'uint', uintOf),
  }),
  ...forKinds('double', 'double', {
    double: same,
    int: toDouble,
    uint: toDouble,
    string: (value, meter) => doubleIn(value as string, meter),
  }),
  ...forKinds('string', 'string', {
    string: same,
    bool: String,
    int: String,
    uint: (value) => String((value as Uint).value),
    double: (value) => doubleText(value as number),
    bytes: (value, meter) => {
      meter.visit((value as Uint8Array).length);
      return Buffer.from(value as Uint8Array).toString('utf8');
    },
    timestamp: (value) => timestampText(value as Timestamp),
    duration: (value) => durationText(value as never),
  }),
  ...forKinds('bool', 'bool', { bool: same, string: (value) => boolIn(value as string) }),
  { name: 'dyn', style: 'function', takes: ['dyn'], gives: 'dyn', run: ([value]) => value! },
  {
    name: 'type',
    style: 'function',
    takes: ['dyn'],
    gives: 'type',
    run: ([value]) => typeNames[kindOf(value!)],
  },
];

export const conversions: readonly FunctionRule[] = rules.map((rule) => ({
  ...rule,
  run: (values, meter) => {
    meter.steps(conversionSteps);
    return rule.run(values, meter);
  },
}));

/** What types are called in a condition. */
const typeNames = Object.fromEntries(
  kinds.map((kind) => [
    kind,
    new TypeName(
      { null: 'null_type', timestamp: 'google.protobuf.Timestamp', duration: 'google.protobuf.Duration' }[
        kind as string
      ] ?? kind,
    ),
  ]),
) as Record<(typeof kinds)[number], TypeName>;

export const namedTypes: ReadonlyMap<string, TypeName> = new Map(
  Object.values(typeNames).map((type) => [type.name, type]),
);

function intOf(value: bigint): Value | Fault {
  return value >= minInt && value <= maxInt ? value : new Fault('int() takes what fits into 64 bits with a sign');
}

function uintOf(value: bigint): Value | Fault {
  return value >= 0n && value <= maxUint
    ? new Uint(value)
    : new Fault('uint() takes what fits into 64 bits, from 0 on');
}

function truncated(value: number, convert: (value: bigint) => Value | Fault): Value | Fault {
  return Number.isFinite(value) ? convert(BigInt(Math.trunc(value))) : new Fault(beyondDouble);
}

/** `-` and 19 digits, or 20 digits. */
const longestWhole = 20;

function wholeIn(text: string, name: string, convert: (value: bigint) => Value | Fault): Value | Fault {
  if (text.length <= longestWhole && /^-?\d+$/.test(text)) return convert(BigInt(text));
  return new Fault(`${name}() takes a string of digits, which fit into 64 bits`);
}

function doubleText(value: number): string | Fault {
  return Number.isFinite(value) ? String(value) : new Fault(beyondDouble);
}

/** Far more digits than a double has. */
const longestDouble = 400;
const doublePattern = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

function doubleIn(text: string, meter: Meter): Value | Fault {
  meter.visit(Math.min(text.length, longestDouble));
  const value = text.length <= longestDouble && doublePattern.test(text) ? Number(text) : NaN;
  return Number.isFinite(value)
    ? value
    : new Fault('double() takes a string like 12.5 or 1e3, of a number that a double holds');
}

const bools: ReadonlyMap<string, boolean> = new Map(
  [true, false].flatMap((value) => {
    const word = String(value);
    const spellings = [value ? '1' : '0', word[0]!, word, word.toUpperCase(), word[0]!.toUpperCase() + word.slice(1)];
    return spellings.map((spelling) => [spelling, value] as const);
  }),
);

function boolIn(text: string): boolean | Fault {
  return (text.length <= 5 ? bools.get(text) : undefined) ?? new Fault('bool() takes "true" or "false"');
}
