import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { benches } from '../benches.ts';
import { targetsBlock } from './blocks.ts';
import { filledIn, ReportError } from './document.ts';

const page = `# Performance

Written by hand.

<!-- measured: speed -->

old figures

<!-- end of what was measured: speed -->

What limits it: the broker.

<!-- measured: size -->
<!-- end of what was measured: size -->
`;

describe('a page that figures are put into', () => {
  it('has new figures in the place of the old ones, and all else as it was', () => {
    expect(filledIn(page, { speed: 'new figures\n' })).toBe(page.replace('old figures', 'new figures'));
  });

  it('is the same when it is filled twice', () => {
    const blocks = { speed: 'new', size: '| a |' };
    const once = filledIn(page, blocks);
    expect(once).toContain('| a |');
    expect(filledIn(once, blocks)).toBe(once);
  });

  it('keeps the places of what was not measured', () => {
    expect(filledIn(page, { size: 'small' })).toContain('old figures');
  });

  it('takes figures as they are, whatever they look like', () => {
    expect(filledIn(page, { speed: `$& $1 $'` })).toContain(`$& $1 $'`);
  });

  it('has to have a place for each figure', () => {
    expect(() => filledIn(page, { memory: '1' })).toThrow(ReportError);
    expect(() => filledIn(page, { memory: '1' })).toThrow('<!-- measured: memory -->');
    expect(() => filledIn(page.replace('<!-- end of what was measured: speed -->', ''), { speed: '1' })).toThrow(
      ReportError,
    );
    expect(() => filledIn(page + page, { speed: '1' })).toThrow('twice');
  });
});

describe('docs/performance.md', () => {
  it('has a place for each bench, and for the targets', async () => {
    const document = await readFile(new URL('../../docs/performance.md', import.meta.url), 'utf8');
    const names = [...Object.keys(benches), targetsBlock];
    const filled = filledIn(document, Object.fromEntries(names.map((name) => [name, `figures of ${name}`])));
    for (const name of names) expect(filled).toContain(`figures of ${name}`);
  });
});
