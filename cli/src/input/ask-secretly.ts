import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Input } from './read-input.ts';

/** Asks for a secret without showing it; without a terminal it is read from standard input. */
export async function askSecretly(question: string, input: Input): Promise<string> {
  if (!input.isTTY) return (await text(input)).trim();
  process.stderr.write(question);
  // The echo of readline is thrown away.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input, output: nowhere, terminal: true });
  try {
    return await new Promise<string>((resolve) => {
      terminal.once('line', (line) => resolve(line.trim()));
      terminal.once('close', () => resolve(''));
    });
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
