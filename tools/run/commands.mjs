import { join } from 'node:path';
import { root } from './paths.mjs';

const vite = ['node_modules/vite/bin/vite.js', '--config', 'tools/console/vite.config.ts'];

/** Loads a program into this process; it decides itself when and how the process ends. */
const program = (path) => async () => void (await import(`../../${path}`));
/**
 * Calls a function of a module that is loaded only then: the command line is not to wait for what builds and checks.
 */
const call = async (module, name, ...args) => (await import(`./${module}.mjs`))[name](...args);
const build = async () => {
  const { build: work } = await import('./build.mjs');
  return call('alone', 'alone', work);
};
/** Runs a step of ours, and ends with whether it went well. */
const step = (work) => async () => end((await work()) ? 0 : 1);
const end = (code) => process.exit(code);

/**
 * What each npm script runs, whether the services and the console must be built before, and what else it needs: that is
 * looked for before the build, which takes minutes.
 *
 * @type {Record<
 *   string,
 *   { needsBuild?: true; require?: (args: string[]) => Promise<void>; run: (args: string[]) => Promise<void> }
 * >}
 */
const commands = {
  start: { needsBuild: true, run: program('tools/start.ts') },
  demo: { needsBuild: true, require: telecomPrograms, run: program('tools/demo/demo.ts') },
  servers: { run: program('tools/servers.ts') },
  provisor: { run: runCommandLine },
  test: { run: async (args) => end(await call('test', 'test', args)) },
  'test:unit': { run: async (args) => end(await call('test', 'test', [...args, '--selectProjects', 'unit'])) },
  'test:watch': { run: async (args) => end(await call('test', 'watchTests', args)) },
  'test:browser': { run: async (args) => end(await call('test', 'testOnRequest', 'browser', args)) },
  'test:long': { run: async (args) => end(await call('test', 'testOnRequest', 'long', args)) },
  'test:recipes': { run: async (args) => end(await call('test', 'testOnRequest', 'recipes', args)) },
  'test:faults': { needsBuild: true, run: program('test/faults/main.ts') },
  check: { run: step(() => call('check', 'check')) },
  fix: { run: step(() => call('check', 'fix')) },
  build: { run: step(build) },
  docs: { needsBuild: true, run: program('tools/docs/main.ts') },
  console: { run: async (args) => end(await call('foreground', 'runInForeground', [...vite, ...args])) },
  'console:screenshots': { run: program('tools/console/screenshots.ts') },
  bench: { needsBuild: true, run: program('bench/bench.ts') },
  'bench:report': { run: program('bench/report/main.ts') },
  'alerts:check': { needsBuild: true, run: program('test/alerts/main.ts') },
  'images:check': { run: program('test/images/main.ts') },
  'sdk:package': { run: step(() => call('sdk-package', 'packSdk')) },
  'secrets:rotate': { needsBuild: true, run: program('tools/rotate-secrets.ts') },
};

/**
 * Builds where the command `name` needs that, and runs it.
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
  await command.require?.(args);
  if (command.needsBuild && !(await build())) process.exit(1);
  await command.run(args);
}

/**
 * Installs the programs that the demo with calls needs, or ends with what to install.
 *
 * @param {string[]} args
 */
async function telecomPrograms(args) {
  if (!args.includes('--telecom')) return;
  const { installed } = await import('../telecom/install.ts');
  const { programsForCalls } = await import('../telecom/programs.ts');
  const { ServerUnavailableError } = await import('../servers/server-error.ts');
  try {
    await installed(programsForCalls, console.log);
  } catch (error) {
    if (!(error instanceof ServerUnavailableError)) throw error;
    console.error(error.message);
    end(1);
  }
}

/**
 * Runs the command line as it is written; nothing has to be built. Where no registry is named, it speaks to the one
 * that
 * `npm start` has started here.
 */
async function runCommandLine() {
  // npm changes to the root of the clone; files that the user names are in the user's own folder.
  if (process.env.npm_lifecycle_event === 'provisor' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  process.env.PROVISOR_DEV_FILE = join(root, '.provisor/dev.json');
  await program('cli/src/main.ts')();
}
