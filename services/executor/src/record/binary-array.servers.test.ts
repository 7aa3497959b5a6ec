import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool, type Pool } from '#database';
import { createSandbox, type Sandbox } from '../../../../tools/test/sandbox.ts';
import { binaryArray, type ArrayType } from './journal-statement.ts';

describe('an array in the binary format', () => {
  let sandbox: Sandbox;
  let pool: Pool;

  beforeAll(async () => {
    sandbox = await createSandbox();
    pool = createPool(sandbox.databaseUrl, () => undefined);
  });

  afterAll(async () => {
    await pool.end();
    await sandbox.dispose();
  });

  const id = '0199c5a2-7f3b-7a11-8d21-00ffFF00a1b2';
  it.each<[ArrayType, readonly (string | number | bigint | boolean | null)[], readonly (string | null)[]]>([
    [
      'bigint',
      [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n), null],
      ['0', '-1', '9223372036854775807', '-9223372036854775808', null],
    ],
    ['boolean', [true, false, null], ['true', 'false', null]],
    ['integer', [0, -1, 2 ** 31 - 1, -(2 ** 31), null], ['0', '-1', '2147483647', '-2147483648', null]],
    ['double precision', [0, -0.1, 1e300, 0.1 + 0.2, null], ['0', '-0.1', '1e+300', '0.30000000000000004', null]],
    [
      'text',
      ['', 'a', 'ü€😀', '{"a\\n":"\'\\"NULL"}', 'NULL', null],
      ['', 'a', 'ü€😀', '{"a\\n":"\'\\"NULL"}', 'NULL', null],
    ],
    ['uuid', [id, null], [id.toLowerCase(), null]],
    ['text', ['ü', 'ü', 'ü'], ['ü', 'ü', 'ü']],
    ['text', [null, null, null], [null, null, null]],
    ['uuid', [id, id], [id.toLowerCase(), id.toLowerCase()]],
    ['integer', [7], ['7']],
    [
      'timestamptz',
      [
        0,
        Date.UTC(2000, 0, 1),
        Date.UTC(1999, 11, 31, 23, 59, 59, 999),
        Date.UTC(2026, 1, 3, 4, 5, 6, 7) + 0.089,
        null,
      ],
      [
        '1970-01-01 00:00:00+00',
        '2000-01-01 00:00:00+00',
        '1999-12-31 23:59:59.999+00',
        '2026-02-03 04:05:06.007089+00',
        null,
      ],
    ],
  ])('of %s is what the database reads', async (type, values, texts) => {
    const client = await pool.connect();
    try {
      await client.query(`set timezone to 'UTC'`);
      const { rows } = await client.query<{ texts: string[] }>(
        `select array(select value::text from unnest($1::${type}[]) with ordinality as _ (value, place) order by place) as texts`,
        [binaryArray(type, values as never)],
      );
      expect(rows[0]!.texts).toEqual(texts);
    } finally {
      client.release();
    }
  });

  it('has no place for what is no UUID', () => {
    expect(() => binaryArray('uuid', ['0199c5a2-7f3b'])).toThrow('is no UUID');
  });

  it('may be empty', async () => {
    const { rows } = await pool.query('select unnest($1::text[])', [binaryArray('text', [])]);
    expect(rows).toEqual([]);
  });
});
