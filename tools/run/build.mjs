import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { node24, root } from './paths.mjs';
import { runQuietly } from './quiet.mjs';
import { filesIn, unlessDone } from './stamp.mjs';

const packageFiles = ['package-lock.json', 'package.json'];
const consoleFolder = 'services/console';

/**
 * Compiles services and libs, and builds the console, to dist/; each of the two only when something of it has changed since the
 * last time.
 *
 * @returns {Promise<boolean>} false when there were errors; they have then been shown
 */
export async function build() {
  return (await buildServices()) && (await buildConsole());
}

/** @returns {Promise<boolean>} */
export function buildServices() {
  const sources = [...filesIn('libs'), ...filesIn('services', consoleFolder)];
  const files = ['tsconfig.json', 'tsconfig.build.json', ...packageFiles, ...sources];
  return unlessDone('dist/.provisor-stamp.json', files, (gone) => {
    // The compiler never removes what a deleted source once became, and a migration that is gone must not run.
    if (gone.length > 0) removeFromDist('services', 'libs', '.tsbuildinfo');
    return runQuietly('building', node24, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']);
  });
}

/** Types play no part in it: `npm run check` looks at them. */
function buildConsole() {
  const sources = [
    ...filesIn('libs/contracts'),
    ...filesIn('tools/console'),
    ...filesIn(consoleFolder, `${consoleFolder}/src/api/generated`),
  ];
  return unlessDone('dist/.provisor-console-stamp.json', [...packageFiles, ...sources], () =>
    runQuietly('building the console', node24, [
      'node_modules/vite/bin/vite.js',
      'build',
      '--config',
      'tools/console/vite.config.ts',
      '--logLevel',
      'error',
    ]),
  );
}

function removeFromDist(...names) {
  for (const name of names) rmSync(join(root, 'dist', name), { recursive: true, force: true });
}
