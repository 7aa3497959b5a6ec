import { randomInt } from 'node:crypto';
import { HostProcess, type HostProcessOptions } from './host-process.ts';
import { HostWatch } from './host-watch.ts';
import type { Configure, Feed, FromHost, Ready, RunOnce, ScriptEnd } from './host/messages.ts';
import { firstMark, killDescendants, signalGroup } from './host/process-tree.ts';

/** A call without what the host client adds to it. */
export type ScriptCall = (Omit<RunOnce, 'id' | 'mark'> | Omit<Feed, 'id' | 'mark'>) & {
  /** `NAME=value` that only processes of this call have in their environment; empty: none. */
  variable: string;
};

/** `withheld`: the call was no longer ours to make. `stuck`: it does not end, though it was killed. */
export type HostedEnd = ScriptEnd | { kind: 'withheld' } | { kind: 'stuck' };

export interface ScriptHostOptions extends HostProcessOptions, Omit<Configure, 'type'> {
  /** Called with what deserves to be known. */
  warn: (message: string) => void;
}

/** Longer than the host takes to end a script on request, and than the executor takes to notice that the host hangs. */
const stuckMs = 10_000;
const markCount = 2 ** 47;

interface Pending {
  readonly variable: string;
  readonly conclude: (end: HostedEnd) => void;
  started: boolean;
  pid: number | undefined;
}

/** Has scripts run by a host process, which is started when it is first needed, and again when it has died. */
export class ScriptHost {
  readonly #options: ScriptHostOptions;
  readonly #pending = new Map<number, Pending>();
  #process: HostProcess | undefined;
  #watch: HostWatch | undefined;
  /** Why there is no host to rely on; undefined when there is one, and before the first. */
  #fault: string | undefined;
  #isClosed = false;
  #lastId = 0;
  // Two executors on one machine must not take each other's scripts for their own.
  #lastMark = firstMark + randomInt(markCount);

  constructor(options: ScriptHostOptions) {
    this.#options = options;
  }

  /** Of the host process, if there is one. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** @throws What is wrong while scripts cannot be run. */
  assertUsable(): void {
    const fault = this.#fault ?? this.#watch?.fault;
    if (fault !== undefined) throw new Error(fault);
  }

  /**
   * Runs a script, and ends it when the signal fires.
   *
   * @param assertOurs Throws when the call is no longer ours to make; called just before the message to the host.
   */
  async run({ variable, ...call }: ScriptCall, signal: AbortSignal, assertOurs: () => void): Promise<HostedEnd> {
    const id = ++this.#lastId;
    const message: RunOnce | Feed = { ...call, id, mark: { limit: ++this.#lastMark, variable } };
    const host = this.#running();
    let stuck: NodeJS.Timeout | undefined;
    let abort = () => {};
    try {
      return await new Promise((conclude) => {
        this.#pending.set(id, { variable, conclude, started: false, pid: undefined });
        host.needed = true;
        host.send(message, () => {
          try {
            assertOurs();
            return true;
          } catch {
            conclude({ kind: 'withheld' });
            return false;
          }
        });
        abort = () => {
          host.send({ type: 'abort', id });
          stuck = setTimeout(() => conclude({ kind: 'stuck' }), stuckMs);
        };
        if (signal.aborted) abort();
        else signal.addEventListener('abort', abort, { once: true });
      });
    } finally {
      clearTimeout(stuck);
      signal.removeEventListener('abort', abort);
      this.#pending.delete(id);
      if (this.#pending.size === 0) host.needed = false;
    }
  }

  /** Ends every script and the host. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#process?.close();
  }

  #running(): HostProcess {
    if (this.#process) return this.#process;
    const { warn, environment, newPrivileges, ...configuration } = this.#options;
    const isRoot = process.geteuid?.() === 0;
    if (isRoot && !configuration.account) warn('scripts run as root without restrictions: set SCRIPT_USER');
    // That of the call for which it is started.
    const first = this.#lastMark;
    const host = new HostProcess(
      { environment, newPrivileges },
      (message) => {
        watch.heard(message.type === 'ready');
        this.#hear(message);
      },
      (asked) => {
        watch.stop();
        this.#process = undefined;
        this.#watch = undefined;
        if (!asked) this.#replace(watch);
        void this.#clearAway(first);
      },
    );
    const watch = new HostWatch(
      () => host.send({ type: 'ping' }),
      () => host.kill(),
    );
    host.send({ type: 'configure', ...configuration });
    this.#process = host;
    this.#watch = watch;
    return host;
  }

  /** Says that a host is gone, and starts another. One that never worked is started again by the next call only. */
  #replace({ isReady, stoodStill }: HostWatch): void {
    const what = stoodStill ? 'stood still and was killed' : isReady ? 'died' : 'could not be started';
    this.#options.warn(`script host ${what}; its calls are aborted and retried`);
    this.#fault = `the script host ${what}, and its replacement is not ready yet`;
    if (isReady && !this.#isClosed) this.#running().needed = this.#pending.size > 0;
  }

  #hear(message: FromHost): void {
    if (message.type === 'ready') {
      this.#fault = undefined;
      this.#reportStarter(message);
      return;
    }
    if (message.type === 'pong') return;
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if (message.type === 'started') {
      pending.started = true;
      pending.pid = message.pid;
    } else pending.conclude(message.end);
  }

  #reportStarter({ starter, marksHold, isFenced }: Ready): void {
    const { warn, account } = this.#options;
    if (starter === 'none') warn('scripts run without limits: neither perl nor prlimit (util-linux) works');
    else if (starter === 'prlimit') warn('perl not found: a script that cannot start exits with 126 or 127');
    if (!marksHold) warn('scripts can leave processes behind: system call filters are unavailable');
    if (!isFenced && !account) {
      warn(
        'scripts can read the secrets of the executor, such as DATABASE_URL and SECRETS_KEY: Landlock is unavailable ' +
          '(Linux 5.19 or newer, SCRIPT_NEW_PRIVILEGES=refused); give the executor the capabilities SETUID, SETGID ' +
          'and KILL, and set SCRIPT_USER',
      );
    }
  }

  /**
   * Ends what a host that is gone has left.
   *
   * @param first The first mark that it gave to a script.
   */
  async #clearAway(first: number): Promise<void> {
    const left = [...this.#pending.values()];
    for (const { pid } of left) if (pid !== undefined) signalGroup(pid, 'SIGKILL');
    const variables = left.map(({ variable }) => variable).filter((variable) => variable !== '');
    await killDescendants({ limits: { first, last: this.#lastMark }, variables });
    for (const { conclude, started } of left) conclude({ kind: 'lost', started });
  }
}
