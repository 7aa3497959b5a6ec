import { relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import vm from 'node:vm';
import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { TestEnvironment } from 'jest-environment-node';
import { end, nameOf, openHandles, type Handle } from './open-handles.ts';

/** How long what a test file has closed may take to be gone, in milliseconds; on quiet cores it takes some hundred. */
const closingMs = 20_000;

/** How long a test file may take until all of its imports are loaded, in milliseconds: nothing else bounds that. */
const loadingMs = 150_000;

// By then a worker has nothing left to do but to take its memory apart, for which Jest gives it half a second. On a
// busy machine that is too short, and Jest would say that a test has left something open.
if (process.argv[1]?.includes('jest-worker')) process.on('exit', () => process.kill(process.pid, 'SIGKILL'));

/** A test failed, and then what it had could not be disposed of. */
class BothErrors extends Error {
  constructor(disposal: Error, test: Error) {
    super(`${test.message}\n\nThen it could not dispose of what it had: ${disposal.message}`);
    this.stack = `${this.message}\n${test.stack ?? ''}`;
  }
}

/**
 * Node, and a watch over what a test file leaves open: a connection, a server, a process. The file fails with its name,
 * and it is ended, so that it can neither hold up the end of the run nor disturb the next file.
 */
export default class WatchfulEnvironment extends TestEnvironment {
  readonly #file: string;
  #before = new Set<Handle>();
  #loading: NodeJS.Timeout | undefined;

  constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
    // Jest would put a proxy behind the global object, and every look-up of a global name (`Math`, `Object`, `Buffer`)
    // would run through it: code runs several times as fast with a global object like any other.
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
    // Where SWC compiles `using`, it calls this by a name that it does not define. Jest would show nothing of either
    // error.
    Object.assign(this.global, { _SuppressedError: BothErrors });
    this.#file = relative(config.projectConfig.rootDir, context.testPath);
  }

  override async setup(): Promise<void> {
    await super.setup();
    this.#before = new Set(openHandles());
  }

  handleTestEvent({ name }: { name: string }): void {
    if (name === 'setup') this.#loading = setTimeout(() => this.#giveUpLoading(), loadingMs).unref();
    if (name === 'run_start') clearTimeout(this.#loading);
  }

  override async teardown(): Promise<void> {
    clearTimeout(this.#loading);
    const left = await this.#leftOpen();
    await super.teardown();
    if (left.length === 0) return;
    const names = left.map(nameOf);
    left.forEach(end);
    const error = new Error(`leaves open: ${names.join('; ')}. Close it in the test, afterEach or afterAll.`);
    error.stack = error.message; // Where it was noticed says nothing about where it was opened.
    throw error;
  }

  /** What is still open after whatever was closed has had time to go. */
  async #leftOpen(): Promise<Handle[]> {
    const left = (): Handle[] => openHandles().filter((handle) => !this.#before.has(handle));
    const until = performance.now() + closingMs;
    // A handle has no event for "gone" that holds for all kinds.
    while (left().length > 0 && performance.now() < until) await delay(20);
    return left();
  }

  #giveUpLoading(): void {
    const open = openHandles().filter((handle) => !this.#before.has(handle));
    process.stderr.write(
      `${this.#file} was not loaded after ${String(loadingMs / 1000)} s. Open: ${open.map(nameOf).join('; ') || 'nothing'}\n`,
    );
    process.exit(1);
  }
}
