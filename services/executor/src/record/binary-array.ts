import type { Columns, WrittenRow } from '#journal';

/** What a value of each type is here. Times are milliseconds since 1970. */
interface Values {
  bigint: bigint;
  boolean: boolean;
  integer: number;
  'double precision': number;
  text: string;
  timestamptz: number;
  uuid: string;
}

export type ArrayType = keyof Values;

interface Encoding<Value> {
  /** The id that PostgreSQL has for the type. */
  readonly typeId: number;
  readonly bytes: (value: Value) => number;
  readonly write: (array: Buffer, value: Value, at: number) => void;
}

/** PostgreSQL reckons from then, in microseconds. */
const year2000 = Date.UTC(2000, 0, 1);

const encodings: { readonly [Type in ArrayType]: Encoding<Values[Type]> } = {
  bigint: { typeId: 20, bytes: () => 8, write: (array, value, at) => void array.writeBigInt64BE(value, at) },
  boolean: { typeId: 16, bytes: () => 1, write: (array, value, at) => void array.writeUInt8(value ? 1 : 0, at) },
  integer: { typeId: 23, bytes: () => 4, write: (array, value, at) => void array.writeInt32BE(value, at) },
  'double precision': { typeId: 701, bytes: () => 8, write: (array, value, at) => void array.writeDoubleBE(value, at) },
  text: {
    typeId: 25,
    bytes: (text) => Buffer.byteLength(text),
    write: (array, text, at) => void array.write(text, at, 'utf8'),
  },
  timestamptz: {
    typeId: 1184,
    bytes: () => 8,
    write: (array, time, at) => void array.writeBigInt64BE(BigInt(Math.round((time - year2000) * 1_000)), at),
  },
  uuid: {
    typeId: 2950,
    bytes: () => 16,
    write: (array, id, at) => {
      // What is no UUID would leave in the array what was in memory before.
      if (array.write(id.replaceAll('-', ''), at, 16, 'hex') !== 16) throw new TypeError(`${id} is no UUID`);
    },
  },
};

const headerBytes = 20;
const lengthBytes = 4;
const lengthOfNull = -1;

/**
 * A parameter that holds an array in PostgreSQL's binary format (what `array_send` writes), which the database copies
 * as it is: there is nothing to escape here and nothing to parse there.
 */
export function binaryArray<Type extends ArrayType>(type: Type, values: readonly (Values[Type] | null)[]): Buffer {
  const { typeId, bytes, write } = encodings[type] as Encoding<Values[Type]>;
  const lengths = values.map((value) => (value === null ? lengthOfNull : bytes(value)));
  const size = lengths.reduce((sum, length) => sum + lengthBytes + Math.max(length, 0), headerBytes);
  const array = Buffer.allocUnsafe(size);
  const dimensions = 1;
  const firstIndex = 1;
  [dimensions, Number(values.includes(null)), typeId, values.length, firstIndex].forEach((field, index) =>
    array.writeInt32BE(field, index * 4),
  );
  let at = headerBytes;
  for (const [index, value] of values.entries()) {
    array.writeInt32BE(lengths[index]!, at);
    at += lengthBytes;
    if (value === null) continue;
    write(array, value, at);
    at += lengths[index]!;
  }
  return array;
}

/**
 * A statement's rows out of parameters that each hold one column of them: the statement is the same for any number of
 * rows, and the database has nothing to parse, which would be half of the work of writing a row.
 *
 * @param first Number of the parameter that holds the first column.
 */
export function rowsFromArrays(columns: Columns, first: number): string {
  const listed = Object.entries(columns).map(([column, { type }], index) => {
    const parameter = `$${String(first + index)}`;
    // A list of ids goes as text: an array of arrays would be laid flat by `unnest`.
    const values = type === 'uuid[]' ? `unnest(${parameter}::text[])::uuid[]` : `unnest(${parameter}::${type}[])`;
    return `${values} as "${column}"`;
  });
  return `(select ${listed.join(', ')}) as row`;
}

/** The parameters for {@link rowsFromArrays}. */
export function columnArrays<C extends Columns>(columns: C, rows: readonly WrittenRow<C>[]): Buffer[] {
  return Object.entries(columns).map(([column, { type }]) => {
    const values = rows.map((row) => row[column]);
    if (type !== 'uuid[]') return binaryArray(type, values as never[]);
    return binaryArray(
      'text',
      values.map((ids) => `{${(ids as readonly string[]).join()}}`),
    );
  });
}
