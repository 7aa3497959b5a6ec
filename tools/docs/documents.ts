import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { OpenAPI3 } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { stringify } from 'yaml';
import { builtDescription } from '../test/built-description.ts';
import { asyncApi } from './asyncapi/asyncapi.ts';
import { commandLine } from './command-line.ts';
import { configuration } from './configuration.ts';
import { madeNotice } from './markdown.ts';
import { eventDataTypes, restTypes } from './types.ts';

/** A file that is generated from the code: a reference in docs/, or types. */
export interface MadeDocument {
  /** From the root of the clone, such as `docs/configuration.md`. */
  readonly path: string;
  readonly text: string;
}

/** Generates every such file. `docs/command-line.md` keeps the part that is written by hand. */
export async function madeDocuments(): Promise<MadeDocument[]> {
  const texts = {
    'docs/asyncapi.yaml': `# ${madeNotice}\n${stringify(asyncApi(), { lineWidth: 0, aliasDuplicateObjects: false })}`,
    'docs/command-line.md': commandLine(await current('docs/command-line.md')),
    'docs/configuration.md': configuration(),
  };
  const references = Object.entries(texts).map(async ([path, text]) => ({ path, text: await laidOut(path, text) }));
  // In git, so that a compiler and an editor find them on every branch, before anything has been built.
  const types = [
    { path: 'libs/contracts/generated/rest-api.d.ts', text: await restTypes(await builtDescription<OpenAPI3>()) },
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
