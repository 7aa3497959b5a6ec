import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { execa } from 'execa';

it('the demo with calls says what to install before it builds', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'provisor-path-'));
  try {
    // Neither SIPp nor apt-get is here.
    await symlink(process.execPath, join(folder, 'node'));
    const { exitCode, all } = await execa(process.execPath, ['tools/run.mjs', 'demo', '--telecom'], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { PATH: folder },
      extendEnv: false,
      reject: false,
      all: true,
    });
    expect(all).toMatch(/^Missing packages\. Debian, Ubuntu: sudo apt-get install .*sip-tester/);
    expect(all.split('\n')).toHaveLength(1);
    expect(exitCode).toBe(1);
  } finally {
    await rm(folder, { recursive: true });
  }
});
