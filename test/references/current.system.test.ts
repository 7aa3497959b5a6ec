import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { current, madeDocuments } from '../../tools/docs/documents.ts';

describe('what is generated from the code', () => {
  const made = new Map<string, string>();
  beforeAll(async () => {
    for (const document of await madeDocuments()) made.set(document.path, document.text);
  });

  it.each([
    'docs/asyncapi.yaml',
    'docs/command-line.md',
    'docs/configuration.md',
    'libs/contracts/generated/rest-api.d.ts',
    'libs/contracts/generated/event-data.d.ts',
  ])('%s is up to date', async (file) => {
    if ((await current(file)) !== made.get(file)) throw new Error(`${file} is out of date: npm run docs`);
  });

  it('is all of what is made', () => {
    expect(made.size).toBe(5);
  });

  it('refers to files and headings that are there', async () => {
    for (const [from, text] of made) {
      if (!from.startsWith('docs/')) continue;
      // A path and an anchor; a regular expression of the schemas may look like a link otherwise.
      for (const [, file = '', anchor = ''] of text.matchAll(/\]\((?!https?:)([\w./-]*)(?:#([\w-]+))?\)/g)) {
        const target = file === '' ? from : path.posix.join('docs', file);
        const anchors = headingsIn(made.get(target) ?? (await current(target)));
        expect([from, target, anchor === '' || anchors.has(anchor)]).toEqual([from, target, true]);
      }
    }
  });
});

/** The anchors of headings, as sites that show Markdown make them. */
function headingsIn(text: string): Set<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading!.toLowerCase());
  return new Set(headings.map((heading) => heading.replaceAll(/[^\w\- ]/g, '').replaceAll(' ', '-')));
}
