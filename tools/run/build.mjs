import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { node24, root } from './paths.mjs';
import { runQuietly } from './quiet.mjs';
import { filesIn, unlessDone } from './stamp.mjs';

const packageFiles = ['package-lock.json', 'package.json'];
const consoleFolder = 'services/console';

const services = ['registry', 'executor'];

/**
 * Compiles the services with the libs that they use, and builds the console, to dist/; each only when something of it
 * has changed since the last time.
 *
 * @returns {Promise<boolean>} false when there were errors; they have then been shown
 */
export async function build() {
  return (await buildServices()) && (await buildConsole());
}

/** @returns {Promise<boolean>} */
export async function buildServices() {
  const libs = sourcesIn('libs');
  const sources = Object.fromEntries(services.map((service) => [service, sourcesIn(`services/${service}`)]));
  // The compiler never removes what a deleted source once became, and a migration that is gone must not run.
  await unlessDone('dist/.provisor-sources-stamp.json', [...libs, ...Object.values(sources).flat()], (gone) => {
    if (gone.length > 0) removeFromDist('services', 'libs', ...services.map(stampOf));
    return Promise.resolve(true);
  });
  const built = await Promise.all(services.map((service) => buildService(service, [...libs, ...sources[service]])));
  return built.every(Boolean);
}

/** With the Nest CLI, as `npx nest build` does; nest-cli.json says how. */
function buildService(service, sources) {
  const configuration = ['nest-cli.json', 'tsconfig.json', 'tsconfig.build.json', ...packageFiles];
  return unlessDone(`dist/${stampOf(service)}`, [...configuration, ...sources], () =>
    runQuietly(`building the ${service}`, node24, ['node_modules/@nestjs/cli/bin/nest.js', 'build', service]),
  );
}

/** Types play no part in it: `npm run check` looks at them. */
function buildConsole() {
  const sources = [...filesIn('libs/contracts'), ...filesIn('tools/console'), ...filesIn(consoleFolder)];
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

/** What is compiled: tests are not. */
function sourcesIn(folder) {
  return filesIn(folder).filter((path) => !/\.test\.ts$|\/testing\//.test(path));
}

const stampOf = (service) => `.provisor-${service}-stamp.json`;

function removeFromDist(...names) {
  for (const name of names) rmSync(join(root, 'dist', name), { recursive: true, force: true });
}
