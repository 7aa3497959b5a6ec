import { makeApiTypes } from './api-types.mjs';
import { build } from './build.mjs';
import { check } from './check.mjs';
import { installDependencies } from './dependencies.mjs';
import { runNode } from './child.mjs';
import { alone } from './alone.mjs';
import { packSdk } from './sdk-package.mjs';
import { commandLine } from './command-line.mjs';

// The sources of tools, tests and benchmarks run as they are; this makes `#contracts` and the like mean sources there.
const fromSources = ['--conditions=provisor-source'];

const vite = 'node_modules/vite/bin/vite.js';

const commands = {
  start: (args) => runNode([...fromSources, 'tools/start.ts', ...args], { tellWhenGone: true }),
  provisor: (args) => commandLine(args),
  demo: (args) => runNode([...fromSources, 'tools/demo/demo.ts', ...args], { tellWhenGone: true }),
  test: (args) =>
    runNode([
      ...fromSources,
      '--experimental-vm-modules', // How Jest loads ES modules.
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      ...args,
    ]),
  'test:faults': (args) => runNode([...fromSources, 'test/faults/main.ts', ...args], { tellWhenGone: true }),
  'images:check': (args) => runNode([...fromSources, 'test/images/main.ts', ...args], { tellWhenGone: true }),
  'secrets:rotate': (args) => runNode([...fromSources, 'tools/rotate-secrets.ts', ...args]),
  bench: (args) => runNode([...fromSources, 'bench/bench.ts', ...args], { tellWhenGone: true }),
  'bench:report': (args) => runNode([...fromSources, 'bench/report/main.ts', ...args]),
  // Against the registry of `npm start`, with every change of the console's sources at once.
  console: (args) => runNode([vite, '--config', 'tools/console/vite.config.ts', ...args], { tellWhenGone: true }),
  'console:screenshots': (args) => runNode([...fromSources, 'tools/console/screenshots.ts', ...args]),
  check: () => check(),
  docs: () => runNode([...fromSources, 'tools/docs/main.ts']),
  // What is built needs no types; whoever writes the console does.
  'sdk:package': async () => ({ code: (await packSdk()) ? 0 : 1 }),
  build: async () => ({ code: (await makeApiTypes()) ? 0 : 1 }),
};

const withoutBuild = new Set([
  'provisor',
  'sdk:package',
  'check',
  'bench:report',
  'console',
  'console:screenshots',
  'images:check',
]);
/** Their output is for whoever has called them: what is said on the way to it goes beside it. */
const withResults = new Set(['provisor']);

/**
 * Installs and builds what `name` needs, runs it, and ends this process the way it ended.
 *
 * @param {string | undefined} name
 * @param {string[]} args
 */
export async function run(name, args) {
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
  if (!command) {
    console.error(`usage: node tools/run.mjs <${Object.keys(commands).join('|')}> [arguments]`);
    process.exit(2);
  }
  if (withResults.has(name)) console.log = console.error;
  const prepared = await alone(
    async () => (await installDependencies()) && (withoutBuild.has(name) || (await build())),
  );
  if (!prepared) process.exit(1);

  const { code, signal } = await command(args);
  if (signal) process.kill(process.pid, signal); // So that the shell sees what happened.
  process.exit(code ?? 1);
}
