import { parseArgs } from 'node:util';
import { UsageError } from './bench-error.ts';
import { benches } from './benches.ts';

const usage = `usage: npm run bench -- [--quick [--record]] [--rows N] [name …]

  --quick   fewer and shorter runs: two minutes, and the guard compares their ratios with bench/recorded.json
  --record  writes their ratios there in place of comparing them
  --rows N  of the journal when it is full; 10 million without it
  name      ${Object.keys(benches).join(', ')}; without one all of them, and with --quick those that have a guarded ratio`;

export interface Arguments {
  readonly names: readonly string[];
  readonly quick: boolean;
  readonly record: boolean;
  /** Events of the full journal; undefined: as usual. */
  readonly rows: number | undefined;
}

/** @throws {UsageError} Saying what is wrong. */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args);
  const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0) throw wrong(`there is no bench ${unknown.join(', ')}`);
  const { quick, record } = values;
  if (record && !quick) throw wrong('--record records the ratios of a quick run: give --quick too');
  const usual = Object.keys(benches).filter((name) => !quick || benches[name]!.guarded);
  return { names: positionals.length > 0 ? positionals : usual, quick, record, rows: rowsOf(values.rows) };
}

function rowsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rows = Number(text);
  if (/^\d+$/.test(text) && rows >= 1_000 && rows <= 1_000_000_000) return rows;
  throw wrong(`--rows should be a whole number from 1000 to 1000000000, not ${text}`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        record: { type: 'boolean', default: false },
        rows: { type: 'string' },
      },
    });
  } catch (error) {
    throw wrong((error as Error).message, error);
  }
}

function wrong(message: string, cause?: unknown): UsageError {
  return new UsageError(`${message}\n\n${usage}`, { cause });
}
