import { describe, expect, it } from '@jest/globals';
import { anchorsIn, blocksIn, linksIn } from './markdown.ts';

describe('a document', () => {
  it('has blocks, with their place and without their indentation', () => {
    const text = ['# A', '```sh', 'one', '```', '- b', '', '  ```', '  two', '    three', '  ```'].join('\n');
    expect(blocksIn('a.md', text)).toEqual([
      { document: 'a.md', line: 3, language: 'sh', text: 'one' },
      { document: 'a.md', line: 8, language: '', text: 'two\n  three' },
    ]);
  });

  it('must close its fences', () => {
    expect(() => blocksIn('a.md', '```sh\none')).toThrow('a.md:2: the fence is not closed');
  });

  it('has links, except in code', () => {
    expect(linksIn('[a](b.md#c) `[x](y)` ![d](e.png)\n```\n[n](o)\n```')).toEqual([
      { line: 1, target: 'b.md#c' },
      { line: 1, target: 'e.png' },
    ]);
  });

  it('has anchors, as GitHub makes them', () => {
    const text = '# What is *it*, and `why`?\n## A-b [c](d.md)\n## Same\n## Same\n```\n# no heading\n```';
    expect([...anchorsIn(text)]).toEqual(['what-is-it-and-why', 'a-b-c', 'same', 'same-1']);
  });
});
