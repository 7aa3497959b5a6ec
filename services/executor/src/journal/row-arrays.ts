import { binaryArray, type ArrayType } from './binary-array.ts';

/** A list of ids goes as text: an array of arrays would be laid flat by `unnest`. */
type ColumnType = ArrayType | 'uuid[]';

/** Columns and their types. */
export type ArrayColumns<Row> = Readonly<Record<keyof Row & string, ColumnType>>;

/**
 * A statement's rows out of parameters that each hold one column of them: the statement is the same for any number of rows, and
 * the database has nothing to parse, which would be half of the work of writing a row.
 *
 * @param first Number of the parameter that holds the first column.
 */
export function rowsFromArrays<Row>(columns: ArrayColumns<Row>, first: number): string {
  const listed = Object.entries<ColumnType>(columns).map(([column, type], index) => {
    const parameter = `$${String(first + index)}`;
    const values = type === 'uuid[]' ? `unnest(${parameter}::text[])::uuid[]` : `unnest(${parameter}::${type}[])`;
    return `${values} as "${column}"`;
  });
  return `(select ${listed.join(', ')}) as row`;
}

/** The parameters for {@link rowsFromArrays}. */
export function columnArrays<Row>(columns: ArrayColumns<Row>, rows: readonly Row[]): Buffer[] {
  return Object.entries<ColumnType>(columns).map(([column, type]) => {
    const values = rows.map((row) => row[column as keyof Row]);
    if (type !== 'uuid[]') return binaryArray(type, values as never[]);
    return binaryArray(
      'text',
      values.map((ids) => `{${(ids as readonly string[]).join()}}`),
    );
  });
}
