import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { current, madeDocuments } from '../../tools/docs/documents.ts';

describe('what is made in docs/', () => {
  const made = new Map<string, string>();
  beforeAll(async () => {
    for (const document of await madeDocuments()) made.set(document.path, document.text);
  });

  it.each(['asyncapi.yaml', 'command-line.md', 'configuration.md', 'messages.md', 'rest.md'])(
    '%s is what the code says',
    async (name) => {
      const file = `docs/${name}`;
      if ((await current(file)) !== made.get(file)) throw new Error(`${file} is not what the code says: npm run docs`);
    },
  );

  it('is all of what is made', () => {
    expect(made.size).toBe(5);
  });

  it('refers to files and headings that are there', async () => {
    for (const [from, text] of made) {
      for (const [, file = '', anchor = ''] of text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)) {
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
