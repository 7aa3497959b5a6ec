import { isSecretHeader, secretMark } from '#contracts';
import type { HttpTaskView } from '#contracts/rest-api';

/** A header in the form. */
export interface HeaderRow {
  key: string;
  name: string;
  value: string;
  /** Said to be secret, whatever its name looks like. */
  isSecret: boolean;
  /** Its value lies sealed in the registry and stays so; {@link value} is the mark that says it. */
  isKept: boolean;
}

export function blankHeader(): HeaderRow {
  return { key: crypto.randomUUID(), name: '', value: '', isSecret: false, isKept: false };
}

/** Whether its value will be kept sealed. */
export function isSealed({ name, isSecret }: Pick<HeaderRow, 'name' | 'isSecret'>): boolean {
  return isSecret || isSecretHeader(name.trim());
}

/** The headers of a task; of those that are secret only that they are there. */
export function headerRowsOf({
  headers,
  secretHeaders = [],
}: Pick<HttpTaskView, 'headers' | 'secretHeaders'>): HeaderRow[] {
  return Object.entries(headers).map(([name, value]) => {
    const isSecret = secretHeaders.includes(name.toLowerCase());
    return { key: crypto.randomUUID(), name, value, isSecret, isKept: isSecret && value === secretMark };
  });
}

/** What of an HTTP task the rows make; a row that is wholly empty does not count. */
export function headersIn(rows: readonly HeaderRow[]): {
  headers: Record<string, string>;
  secretHeaders?: string[];
} {
  const filled = rows.filter(({ name, value }) => name.trim() !== '' || value !== '');
  const headers = Object.fromEntries(filled.map(({ name, value }) => [name.trim(), value]));
  const secretHeaders = filled.filter(({ isSecret }) => isSecret).map(({ name }) => name.trim().toLowerCase());
  return secretHeaders.length > 0 ? { headers, secretHeaders } : { headers };
}

/** Names that stand in more than one row: as an object, which the API takes, only the last of them would be left. */
export function repeatedNames(rows: readonly HeaderRow[]): number[] {
  const names = rows.map(({ name }) => name.trim().toLowerCase());
  return names.flatMap((name, index) => (name !== '' && names.indexOf(name) < index ? [index] : []));
}
