import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blocksIn, type Block } from './markdown.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const notOurs = new Set(['node_modules', 'dist', '.git', '.provisor', 'coverage']);

/** Whose commands are run, the one for newcomers first. */
async function guides(): Promise<string[]> {
  const pages = await readdir(join(root, 'docs'));
  const docs = pages.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
  return ['README.md', ...docs.sort(), 'examples/README.md', 'sdk/README.md'];
}

/** Every Markdown file of the project, from its root. */
export async function markdownFiles(folder = ''): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const found = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

export function read(path: string): Promise<string> {
  return readFile(join(root, path), 'utf8');
}

/** The fenced blocks of all guides. */
export async function allBlocks(): Promise<Block[]> {
  const blocks = (await guides()).map(async (document) => blocksIn(document, await read(document)));
  return (await Promise.all(blocks)).flat();
}

/** Where a block stands, as editors and terminals understand it. */
export function placeOf({ document, line }: Block): string {
  return `${document}:${String(line)}`;
}
