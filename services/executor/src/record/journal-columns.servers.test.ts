import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { attemptColumns, eventColumns, eventValueColumns, laterEventColumns, type Columns } from '#journal';
import { Workbench } from '../testing/workbench.ts';

describe('the columns of the journal', () => {
  let bench: Workbench;

  beforeAll(async () => {
    bench = await Workbench.open();
  });

  afterAll(() => bench.close());

  it.each<[string, Columns]>([
    ['events', { ...eventColumns, ...laterEventColumns }],
    ['event_values', eventValueColumns],
    ['attempts', attemptColumns],
  ])('are those that the schema has: %s', async (table, columns) => {
    const found = await bench.database.query<{ name: string; type: string; nullable: boolean }[]>(
      `select attname as name, format_type(atttypid, null) as type, not attnotnull as nullable from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
      [table],
    );
    const inSchema = found.map(({ name, ...column }) => [name, column] as const);
    const here = Object.entries(columns).map(([name, { type, nullable }]) => {
      return [name, { type: type === 'timestamptz' ? 'timestamp with time zone' : type, nullable }] as const;
    });
    expect(Object.fromEntries(here)).toEqual(Object.fromEntries(inSchema));
  });
});
