import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa, execaSync } from 'execa';
import { onlyWhere } from '../../../tools/test/only-where.ts';
import { Output } from '../output/output.ts';
import { createProgram } from '../program.ts';
import { commandTree } from './command-tree.ts';
import { scripts, shells } from './scripts.ts';

const has = (shell: string): boolean => execaSync(shell, ['--version'], { reject: false }).exitCode === 0;

describe('completion', () => {
  const output = new Output(new PassThrough(), new PassThrough());
  const tree = commandTree(
    createProgram({ environment: {}, input: new PassThrough(), output, signal: new AbortController().signal }),
  );
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'provisor-test-'));
    for (const shell of shells) await writeFile(join(folder, shell), scripts[shell](tree));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** What bash would offer when the last of these words is being typed. */
  async function offered(...words: string[]): Promise<string[]> {
    const line = ['provisor', ...words].map((word) => `'${word}'`).join(' ');
    const program = `source ${join(folder, 'bash')}; COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _provisor; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await execa('bash', ['-c', program], { cwd: folder });
    return stdout.split('\n').filter((word) => word !== '');
  }

  onlyWhere(it, has('bash'), 'bash').each([
    [
      [''],
      [
        ...['handlers', 'recipes', 'events', 'logs', 'failures', 'deferrals', 'operations', 'replays', 'rejected'],
        ...['overview', 'notices', 'targets', 'holds', 'executors', 'audit', 'keys'],
        ...['contexts', 'completion'],
      ],
    ],
    [['ev'], ['events']],
    [['handlers', 'ex'], ['export']],
    [
      ['--json', 'handlers', 'di'],
      ['diff', 'disable'],
    ],
    [['handlers', 'apply', '--pr'], ['--prune']],
    [['handlers', 'apply', '--js'], ['--json']],
    [['handlers', 'apply', '-f', 'fi'], ['fish']],
    [['events', 'list', 'x'], []],
  ])('offers for %j in bash: %j', async (words, expected) => {
    expect((await offered(...words)).sort()).toEqual(expected.sort());
  });

  onlyWhere(
    it,
    has('zsh'),
    'zsh',
  )('is a script that zsh understands', async () => {
    await execa('zsh', ['-n', join(folder, 'zsh')]);
  });

  onlyWhere(
    it,
    has('fish'),
    'fish',
  )('is a script that fish understands', async () => {
    await execa('fish', ['--no-execute', join(folder, 'fish')]);
  });

  it.each(shells)('for %s has every command and every option', (shell) => {
    const script = scripts[shell](tree);
    for (const { commands, options } of tree) {
      for (const { word } of commands) expect(script).toContain(word);
      for (const { word } of options) expect(script).toContain(word.replace('--', shell === 'fish' ? '' : '--'));
    }
  });
});
