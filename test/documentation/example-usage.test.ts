import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { execa } from 'execa';
import { root } from './documents.ts';

it.each(['receivers/receiver.mjs', 'publishers/publish.mjs', 'migration/forward.mjs'])(
  'examples/%s --help tells how it is used, and does nothing else',
  async (path) => {
    const { stdout, stderr } = await execa(process.execPath, [join(root, 'examples', path), '--help'], {
      timeout: 20_000,
    });
    expect(stdout).toMatch(/^usage: \w+\.mjs \[/);
    expect(stderr).toBe('');
  },
);
