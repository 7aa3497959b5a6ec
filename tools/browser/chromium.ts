import { aptInstall, canUseApt } from '../servers/rabbitmq/apt.ts';
import { findProgram } from '../servers/rabbitmq/program.ts';
import { ServerUnavailableError } from '../servers/server-error.ts';

/**
 * As the packages of the systems call it. The first is the same engine without the user interface of a browser, which
 * takes more than half of the processor time of a test.
 */
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * Debian's packages, the preferred one first. Ubuntu, for one, has neither; old releases of Debian have no headless
 * shell.
 */
const packages = ['chromium-headless-shell', 'chromium'];

/**
 * Finds a Chromium to drive. On Debian, as root, it installs a missing one with apt and says so.
 *
 * @returns The program, or undefined if none can be found or installed.
 */
export async function findChromium(log: (line: string) => void): Promise<string | undefined> {
  const found = await firstOf(names);
  if (found !== undefined || !(await canUseApt())) return found;
  for (const name of packages) {
    try {
      await aptInstall([name], log);
      return await firstOf(names);
    } catch (error) {
      if (!(error instanceof ServerUnavailableError)) throw error;
      log(error.message);
    }
  }
  return undefined;
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
