import { customRule } from './custom-rule.ts';

/** Where the next page of a list begins: the id of the last row seen, in an opaque form. */
export function encodeCursor(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

/** The id in a cursor, or undefined when it is not one of ours. */
export function decodeCursor(cursor: string): string | undefined {
  if (!/^[A-Za-z0-9_-]{21}[AQgw]$/.test(cursor)) return undefined;
  const hex = Buffer.from(cursor, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A cursor of a kind that can be decoded, or not. */
export function IsCursor(decode: (cursor: string) => unknown = decodeCursor): PropertyDecorator {
  const fault = (value: unknown): string | undefined =>
    typeof value === 'string' && decode(value) !== undefined
      ? undefined
      : 'must be the nextCursor of an earlier response';
  return customRule({ name: 'cursor', fault });
}

/** A page of a list that is read from one end to the other. */
export interface CursorPage<T> {
  items: T[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/**
 * Makes a page of rows of which one more than the limit was asked for, so that it shows whether there are more.
 *
 * @param idOf What {@link encodeCursor} takes.
 */
export function cursorPage<R, T>(
  rows: readonly R[],
  limit: number,
  idOf: (row: R) => string,
  view: (row: R) => T,
): CursorPage<T> {
  return pageOf(rows, limit, (row) => encodeCursor(idOf(row)), view);
}

/** The same for a list that is not in the order of an id, and has cursors of its own. */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  cursorOf: (row: R) => string,
  view: (row: R) => T,
): CursorPage<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(view),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null,
  };
}
