import { accessSync, constants } from 'node:fs';
import { BadValue, parser, url } from './parsers.ts';

const fileParameters = ['sslrootcert', 'sslcert', 'sslkey'];
const postgresUrl = url('postgres', 'postgresql');

/**
 * The URL of a database. Files that it names for TLS have to be there: later a missing one would look like a server
 * that is away.
 */
export const databaseUrl = parser(postgresUrl.what, (value) => {
  const checked = postgresUrl(value);
  const { searchParams } = new URL(checked);
  for (const parameter of fileParameters) {
    const file = searchParams.get(parameter);
    if (file !== null && !isReadable(file)) {
      throw new BadValue(`a URL whose ${parameter} is the path of a file that can be read`);
    }
  }
  return checked;
});

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
