import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa, execaSync } from 'execa';
import type { ScriptEnvironment } from '#settings';
import type { FromHost, ToHost } from './host/messages.ts';

const sourceType = path.extname(import.meta.url);
const entry = fileURLToPath(new URL(`./host/main${sourceType}`, import.meta.url));

/**
 * Kept small: what a process has in memory is what starting another one from it costs. What execa allocates for a
 * script is garbage soon after; marking it bit by bit lets up to 25 MB more of it pile up than collecting it at once.
 */
const smallNode = ['--max-semi-space-size=1', '--single-threaded', '--no-incremental-marking'];
/** Without its compilers Node is smaller still, but cannot take the types off a source, as it has to in tests. */
const nodeOptions = sourceType === '.ts' ? smallNode : [...smallNode, '--lite-mode'];

/** Longer than it takes to end scripts politely, and then not. */
const farewellMs = 5_000;

export interface HostProcessOptions {
  environment: ScriptEnvironment;
  /**
   * False: nothing that scripts start gains privileges by being set-user-id (`sudo`), where the system can see to that.
   */
  newPrivileges: boolean;
}

/** The process of a script host, and the channel to it. */
export class HostProcess {
  readonly #child: Child;
  /** Settles when what was sent before has been taken. */
  #flow: Promise<void> = Promise.resolve();
  #closing = false;

  /**
   * @param onMessage Called with everything it says.
   * @param onGone Called once, when it is no more; with whether that was asked for.
   */
  constructor(options: HostProcessOptions, onMessage: (message: FromHost) => void, onGone: (asked: boolean) => void) {
    // setpriv becomes Node, and passes on the channel.
    const wrapped = !options.newPrivileges && canRefusePrivileges();
    const [file, args] = wrapped
      ? (['setpriv', ['--no-new-privs', '--', process.execPath]] as const)
      : ([process.execPath, []] as const);
    const host = startHost(file, [...args, ...nodeOptions, entry], options.environment);
    this.#child = host.nodeChildProcess;
    let gone = false;
    const end = () => {
      if (gone) return;
      gone = true;
      onGone(this.#closing);
    };
    this.#child.on('message', (message) => onMessage(message as FromHost));
    this.#child.once('exit', end);
    // A process that could not be started has no exit. An error of a running process shows in its exit.
    if (this.#child.pid === undefined) void host.then(end);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /**
   * Sends messages in order, each when the channel has room: bodies must not pile up in it.
   *
   * @param isWanted Asked immediately before the message leaves.
   */
  send(message: ToHost, isWanted = (): boolean => true): void {
    this.#flow = this.#flow.then(() => (isWanted() ? this.#write(message) : undefined));
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

  /** Kills it at once, even if it was stopped. Listeners of its exit end the scripts that it runs. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Has it end everything that it runs, and then itself. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.needed = true;
    if (this.#child.connected) this.#child.disconnect();
    const impatient = setTimeout(() => this.kill(), farewellMs);
    await ended;
    clearTimeout(impatient);
  }

  #write(message: ToHost): Promise<void> {
    if (!this.#child.connected) return Promise.resolve();
    return new Promise((resolve) => {
      // An error means that it is gone, which its exit reports.
      const room = this.#child.send(message, () => resolve());
      if (room) resolve();
    });
  }
}

type Child = ReturnType<typeof startHost>['nodeChildProcess'];

const startHost = (file: string, args: readonly string[], environment: ScriptEnvironment) =>
  execa(file, args, {
    // Nothing of the executor's environment, which holds its secrets.
    env: { ...environment },
    extendEnv: false,
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
    ipc: true,
    serialization: 'advanced',
    // Messages are handled one by one, and not kept.
    buffer: false,
    reject: false,
    // A terminal's Ctrl-C is for the executor. The host ends when the channel does, however the executor ends.
    detached: true,
    cleanup: false,
    forceKillAfterDelay: false,
  });

let refusesPrivileges: boolean | undefined;

function canRefusePrivileges(): boolean {
  const options = { stdio: 'ignore', reject: false } as const;
  refusesPrivileges ??= execaSync('setpriv', ['--no-new-privs', 'true'], options).exitCode === 0;
  return refusesPrivileges;
}
