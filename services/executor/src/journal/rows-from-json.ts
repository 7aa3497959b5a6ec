/** Columns and their types, as PostgreSQL reads them out of JSON. */
export type Columns<Row> = Readonly<Record<keyof Row & string, string>>;

/** A statement's rows out of a parameter that holds them as a JSON array: the statement is the same for any number of rows. */
export function rowsFromJson<Row>(parameter: string, columns: Columns<Row>, name = 'row'): string {
  const typed = Object.entries(columns).map(([column, type]) => `"${column}" ${String(type)}`);
  return `json_to_recordset(${parameter}::json) as ${name} (${typed.join(', ')})`;
}

/** The names of columns, for a list of them. */
export function names<Row>(columns: Columns<Row>): string {
  return Object.keys(columns)
    .map((column) => `"${column}"`)
    .join(', ');
}
