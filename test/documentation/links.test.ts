import { access } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from '@jest/globals';
import { markdownFiles, read, root } from './documents.ts';
import { anchorsIn, linksIn, type Link } from './markdown.ts';

it('every link within the project leads somewhere', async () => {
  const files = await markdownFiles();
  expect(files).toEqual(expect.arrayContaining(['README.md', 'docs/README.md', 'docs/adr/README.md']));
  const dead = await Promise.all(
    files.map(async (file) => {
      const links = linksIn(await read(file));
      const faults = await Promise.all(links.map(async (link) => [link, await faultOf(file, link)] as const));
      return faults.flatMap(([link, fault]) =>
        fault === undefined ? [] : [`${file}:${String(link.line)}: ${link.target}: ${fault}`],
      );
    }),
  );
  expect(dead.flat()).toEqual([]);
});

async function faultOf(file: string, { target }: Link): Promise<string | undefined> {
  if (/^[a-z]+:/.test(target)) return undefined;
  const [path = '', anchor] = target.split('#');
  const led = path === '' ? file : normalize(join(dirname(file), decodeURI(path)));
  try {
    await access(join(root, led));
  } catch {
    return 'there is no such file';
  }
  if (anchor === undefined || !led.endsWith('.md')) return undefined;
  return anchorsIn(await read(led)).has(anchor) ? undefined : 'there is no such heading';
}
