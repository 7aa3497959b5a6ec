import { randomInt } from 'node:crypto';
import { HostProcess, type HostProcessOptions } from './host-process.ts';
import type { Configure, Feed, FromHost, RunOnce, ScriptEnd } from './host/messages.ts';
import { firstMark, killDescendants, signalGroup } from './host/process-tree.ts';

/** A call without what the host client adds to it. */
export type ScriptCall = (Omit<RunOnce, 'id' | 'mark'> | Omit<Feed, 'id' | 'mark'>) & {
  /** `NAME=value` that only processes of this call have in their environment; empty: none. */
  variable: string;
};

/** `lost`: the host died, and what it ran was ended. `stuck`: it does not end, though it was killed. */
export type HostedEnd = ScriptEnd | { kind: 'lost' } | { kind: 'stuck' };

export interface ScriptHostOptions extends HostProcessOptions, Omit<Configure, 'type'> {
  /** Called with what deserves to be known. */
  warn: (message: string) => void;
}

/** Longer than the host takes to end a script that is told to end, with everything that comes of it. */
const stuckMs = 5_000;
const markCount = 2 ** 47;

interface Pending {
  readonly variable: string;
  readonly conclude: (end: HostedEnd) => void;
  pid: number | undefined;
}

/** Has scripts run by a host process, which is started when it is first needed, and again when it has died. */
export class ScriptHost {
  readonly #options: ScriptHostOptions;
  readonly #pending = new Map<number, Pending>();
  #process: HostProcess | undefined;
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

  /** Runs a script, and ends it when the signal fires. */
  async run({ variable, ...call }: ScriptCall, signal: AbortSignal): Promise<HostedEnd> {
    const id = ++this.#lastId;
    const message: RunOnce | Feed = { ...call, id, mark: { limit: ++this.#lastMark, variable } };
    const host = this.#running();
    let stuck: NodeJS.Timeout | undefined;
    let abort = () => {};
    try {
      return await new Promise((conclude) => {
        this.#pending.set(id, { variable, conclude, pid: undefined });
        host.needed = true;
        host.send(message);
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
    await this.#process?.close();
  }

  #running(): HostProcess {
    if (this.#process) return this.#process;
    const { warn, environment, newPrivileges, ...configuration } = this.#options;
    const isRoot = process.geteuid?.() === 0;
    if (isRoot && !configuration.account) warn('scripts run as root, and may do anything: set SCRIPT_USER');
    // That of the call for which it is started.
    const first = this.#lastMark;
    const host = new HostProcess(
      { environment, newPrivileges },
      (message) => this.#hear(message),
      (asked) => {
        this.#process = undefined;
        if (!asked) warn('the script host died; what it ran is ended, and made again');
        void this.#clearAway(first);
      },
    );
    host.send({ type: 'configure', ...configuration });
    this.#process = host;
    return host;
  }

  #hear(message: FromHost): void {
    if (message.type === 'ready') {
      if (!message.limits)
        this.#options.warn('scripts run without limits: there is no prlimit (util-linux) that works');
      return;
    }
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if (message.type === 'started') pending.pid = message.pid;
    else pending.conclude(message.end);
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
    for (const { conclude } of left) conclude({ kind: 'lost' });
  }
}
