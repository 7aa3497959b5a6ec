import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { stringify } from 'yaml';
import { asyncApi } from './asyncapi/asyncapi.ts';
import { commandLine } from './command-line.ts';
import { configuration } from './configuration.ts';
import { madeNotice } from './markdown.ts';
import { messages } from './messages.ts';
import { describeRegistry } from './rest/api-description.ts';
import { rest } from './rest/rest.ts';
import { eventDataTypes, restTypes } from './types.ts';

/** A file that is made from the code: a reference in docs/, or types. */
export interface MadeDocument {
  /** From the root: `docs/rest.md`. */
  readonly path: string;
  readonly text: string;
}

/** Everything that is made, as it is to be; a part of some is written by hand, and stays. */
export async function madeDocuments(): Promise<MadeDocument[]> {
  const description = await describeRegistry();
  const texts = {
    'docs/asyncapi.yaml': `# ${madeNotice}\n${stringify(asyncApi(), { lineWidth: 0, aliasDuplicateObjects: false })}`,
    'docs/command-line.md': commandLine(await current('docs/command-line.md')),
    'docs/configuration.md': configuration(),
    'docs/messages.md': messages(),
    'docs/rest.md': rest(description),
  };
  const references = Object.entries(texts).map(async ([path, text]) => ({ path, text: await laidOut(path, text) }));
  // In git, so that a compiler and an editor find them on every branch, before anything has been built.
  const types = [
    { path: 'libs/contracts/generated/rest-api.d.ts', text: await restTypes(description) },
    { path: 'libs/contracts/generated/event-data.d.ts', text: await eventDataTypes() },
  ];
  return [...(await Promise.all(references)), ...types];
}

/** The text of a file as it is. */
export function current(path: string): Promise<string> {
  return readFile(placeOf(path), 'utf8');
}

/** Where a file of this clone is. */
export function placeOf(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

async function laidOut(path: string, text: string): Promise<string> {
  const filepath = placeOf(path);
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}
