import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../cli-error.ts';

/**
 * Lets somebody change a text in the editor of their choice, and resolves with what became of it.
 *
 * @param name Of the file, by whose end the editor knows what it is.
 * @throws {UsageError} When the editor cannot be started, or ends with an error.
 */
export async function editText(text: string, name: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const editor = environment['VISUAL'] ?? environment['EDITOR'] ?? (process.platform === 'win32' ? 'notepad' : 'vi');
  // A folder of our own: what is edited may hold what others must not read.
  const folder = await mkdtemp(join(tmpdir(), 'provisor-'));
  try {
    const file = join(folder, name);
    await writeFile(file, text, { mode: 0o600 });
    await runEditor(editor, file);
    return await readFile(file, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runEditor(editor: string, file: string): Promise<void> {
  // EDITOR may hold arguments (`code --wait`): by convention it is a piece of shell, and the file its argument.
  const isWindows = process.platform === 'win32';
  const [program, args] = isWindows ? [`${editor} "${file}"`, []] : ['sh', ['-c', `${editor} "$1"`, 'sh', file]];
  // Loaded here: it takes longer than most commands do, and they start nothing.
  const { execa } = await import('execa');
  const ended = await execa(program, args, { stdio: 'inherit', shell: isWindows, reject: false });
  if (ended.code !== undefined) {
    throw new UsageError(
      `the editor ${editor} cannot be started: ${ended.originalMessage ?? ended.code}`,
      [],
      ended.cause,
    );
  }
  if (ended.exitCode !== 0) throw new UsageError(`the editor ${editor} has ended with an error; nothing is changed`);
}
