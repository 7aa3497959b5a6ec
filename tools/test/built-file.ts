import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A file of the built product, for a test. Within Jest only system and long tests get one: their set-up has just built
 * what had changed.
 *
 * @param path below `dist/`
 * @throws Error in a test of another name, which might therefore meet an old build
 */
export function builtFile(path: string): string {
  const isInJest = process.env['JEST_WORKER_ID'] !== undefined;
  if (isInJest && process.env['TEST_BUILD'] === undefined) {
    throw new Error(
      `a test that uses dist/${path} needs a name whose set-up builds it, such as *.system.test.ts (jest.config.ts)`,
    );
  }
  return join(root, 'dist', path);
}
