import { aptInstall, canUseApt } from '../servers/rabbitmq/apt.ts';
import { findProgram } from '../servers/rabbitmq/program.ts';
import { ServerUnavailableError } from '../servers/server-error.ts';

/** As the packages of the systems call it. */
const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * Finds a Chromium to drive; on Debian, as root, it is installed with apt where there is none, which is said.
 *
 * @returns The program, or undefined when there is none and none can be had.
 */
export async function findChromium(log: (line: string) => void): Promise<string | undefined> {
  const found = await firstOf(names);
  if (found !== undefined || !(await canUseApt())) return found;
  try {
    await aptInstall('chromium', log);
  } catch (error) {
    // Ubuntu, for one, has no such package.
    if (!(error instanceof ServerUnavailableError)) throw error;
    log(error.message);
  }
  return firstOf(names);
}

/** What Chromium has to be told here: as root it refuses to run in its sandbox. */
export function chromiumArguments(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

async function firstOf(programs: readonly string[]): Promise<string | undefined> {
  for (const name of programs) {
    const program = await findProgram(name);
    if (program !== undefined) return program;
  }
  return undefined;
}
