import { parseArgs } from 'node:util';
import { UsageError } from './bench-error.ts';
import { benches } from './benches.ts';

export const usage = `usage: npm run bench -- [--quick] [name …]

  --quick   fewer and shorter runs, which say whether something is much slower than it was
  name      ${Object.keys(benches).join(', ')}; without one all of them`;

export interface Arguments {
  readonly names: readonly string[];
  readonly quick: boolean;
}

/** @throws {UsageError} Saying what is wrong. */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args);
  const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0) throw new UsageError(`there is no bench ${unknown.join(', ')}\n\n${usage}`);
  return { names: positionals.length > 0 ? positionals : Object.keys(benches), quick: values.quick };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { quick: { type: 'boolean', default: false } },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`, { cause: error });
  }
}
