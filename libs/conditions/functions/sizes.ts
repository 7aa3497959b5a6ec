import type { Meter } from '../scope.ts';
import type { Kind, MapKey, Value } from '../values.ts';
import type { FunctionRule } from './rule.ts';
import { codePoints } from './texts.ts';

const sizeOf: Partial<Record<Kind, (value: Value, meter: Meter) => bigint>> = {
  string: (value, meter) => BigInt(codePoints(value as string, (value as string).length, meter)),
  bytes: (value) => BigInt((value as Uint8Array).length),
  list: (value) => BigInt((value as readonly Value[]).length),
  map: (value) => BigInt((value as ReadonlyMap<MapKey, Value>).size),
};

/** `size(x)` and `x.size()`. */
export const sizes: readonly FunctionRule[] = Object.entries(sizeOf).flatMap(([kind, run]) =>
  (['function', 'method'] as const).map((style) => ({
    name: 'size',
    style,
    takes: [kind as Kind],
    gives: 'int' as const,
    run: ([value]: readonly Value[], meter: Meter) => run(value!, meter),
  })),
);
