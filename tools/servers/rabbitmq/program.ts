import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';

/** Where installers put servers that an ordinary user's PATH often leaves out. */
const furtherFolders = ['/usr/local/sbin', '/usr/sbin', '/opt/homebrew/sbin', '/opt/homebrew/bin', '/usr/local/bin'];

/**
 * The `rabbitmq-server` to run, or undefined when there is none.
 */
export async function findRabbitmq(): Promise<string | undefined> {
  const found = await findProgram('rabbitmq-server');
  if (!found) return undefined;
  // Debian's and RabbitMQ's own packages put a wrapper on PATH, which turns into user "rabbitmq" (who may not enter a
  // folder of ours) or refuses to run at all when it is neither root nor that user. The real script lies beside the
  // wrapper.
  const target = await realpath(found);
  return basename(target) === 'rabbitmq-script-wrapper' ? join(dirname(target), 'rabbitmq-server') : found;
}

/** Looks a program up as a shell would, and then where servers are usually installed. */
export async function findProgram(name: string): Promise<string | undefined> {
  for (const folder of [...(process.env['PATH'] ?? '').split(delimiter), ...furtherFolders]) {
    const file = join(folder || '.', name);
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
