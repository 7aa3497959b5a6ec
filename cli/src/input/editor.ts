import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../cli-error.ts';

/**
 * Opens a text in the user's editor, and resolves with the edited text.
 *
 * @param name Of the file; its extension tells the editor the format.
 * @throws {UsageError} When the editor cannot be started, or ends with an error.
 */
export async function editText(text: string, name: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const editor = environment['VISUAL'] ?? environment['EDITOR'] ?? (process.platform === 'win32' ? 'notepad' : 'vi');
  // A private folder: the text may hold what other users must not read.
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
  // EDITOR may hold arguments (`code --wait`): by convention it is a shell command, and the file its argument.
  const isWindows = process.platform === 'win32';
  const [program, args] = isWindows ? [`${editor} "${file}"`, []] : ['sh', ['-c', `${editor} "$1"`, 'sh', file]];
  // Loaded here: loading takes longer than most commands, which start no process.
  const { execa } = await import('execa');
  const ended = await execa(program, args, { stdio: 'inherit', shell: isWindows, reject: false });
  if (ended.code !== undefined) {
    throw new UsageError(
      `failed to start the editor ${editor}: ${ended.originalMessage ?? ended.code}; set EDITOR to another one`,
      [],
      ended.cause,
    );
  }
  if (ended.exitCode !== 0) throw new UsageError(`the editor ${editor} exited with an error; nothing was changed`);
}
