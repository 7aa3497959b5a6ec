import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ScriptEnvironment } from '#settings';
import type { FromHost, ToHost } from './host/messages.ts';

const sourceType = path.extname(import.meta.url);
const entry = fileURLToPath(new URL(`./host/main${sourceType}`, import.meta.url));

/** Kept small: what a process has in memory is what starting another one from it costs. */
const smallNode = ['--max-semi-space-size=1', '--single-threaded'];
/** Without its compilers Node is smaller still, but cannot take the types off a source, as it has to in tests. */
const nodeOptions = sourceType === '.ts' ? smallNode : [...smallNode, '--lite-mode'];

/** Longer than it takes to end scripts politely, and then not. */
const farewellMs = 5_000;

export interface HostProcessOptions {
  environment: ScriptEnvironment;
  /** False: nothing that scripts start gains privileges by being set-user-id (`sudo`), where the system can see to that. */
  newPrivileges: boolean;
}

/** The process of a script host, and the channel to it. */
export class HostProcess {
  readonly #child: ChildProcess;
  /** Settles when what was sent before has been taken. */
  #flow: Promise<void> = Promise.resolve();
  #closing = false;

  /**
   * @param onMessage Called with everything it says.
   * @param onGone Called once, when it is no more; with whether that was asked for.
   */
  constructor(options: HostProcessOptions, onMessage: (message: FromHost) => void, onGone: (asked: boolean) => void) {
    const wrapped = !options.newPrivileges && canRefusePrivileges();
    // What is forked is Node in either case: setpriv becomes it, and hands on the channel.
    this.#child = fork(entry, [], {
      ...(wrapped
        ? { execPath: 'setpriv', execArgv: ['--no-new-privs', '--', process.execPath, ...nodeOptions] }
        : { execArgv: nodeOptions }),
      // Nothing of the executor's environment, which holds its secrets.
      env: { ...options.environment },
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // A terminal's Ctrl-C is for the executor.
      detached: true,
    });
    let gone = false;
    const end = () => {
      if (gone) return;
      gone = true;
      onGone(this.#closing);
    };
    this.#child.on('message', (message) => onMessage(message as FromHost));
    this.#child.once('exit', end);
    // An error of a process that runs is told by its exit as well, if it comes to that.
    this.#child.on('error', () => {
      if (this.#child.pid === undefined) end();
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Sends messages in order, each when the channel has room: bodies must not pile up in it. */
  send(message: ToHost): void {
    this.#flow = this.#flow.then(() => this.#write(message));
  }

  /** Whether this process waits for it to end before it ends itself. */
  set needed(needed: boolean) {
    const channel = this.#child.channel;
    if (needed) {
      this.#child.ref();
      channel?.ref();
    } else {
      this.#child.unref();
      channel?.unref();
    }
  }

  /** Has it end everything that it runs, and then itself. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.needed = true;
    if (this.#child.connected) this.#child.disconnect();
    // What it runs then is ended by whoever hears that it is gone.
    const impatient = setTimeout(() => this.#child.kill('SIGKILL'), farewellMs);
    await ended;
    clearTimeout(impatient);
  }

  #write(message: ToHost): Promise<void> {
    if (!this.#child.connected) return Promise.resolve();
    return new Promise((resolve) => {
      // An error means that it is gone, which is told by its exit.
      const room = this.#child.send(message, () => resolve());
      if (room) resolve();
    });
  }
}

let refusesPrivileges: boolean | undefined;

function canRefusePrivileges(): boolean {
  refusesPrivileges ??= spawnSync('setpriv', ['--no-new-privs', 'true'], { stdio: 'ignore' }).status === 0;
  return refusesPrivileges;
}
