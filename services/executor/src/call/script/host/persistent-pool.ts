import { setTimeout as delay } from 'node:timers/promises';
import { monotonicMs, type Feed, type PersistentOptions, type ScriptEnd } from './messages.ts';
import { PersistentScript } from './persistent-script.ts';
import { ScriptProcess, type Cage, type Running } from './script-process.ts';

/** The processes of one persistent script: as many as it has had calls at a time. */
interface Siblings {
  readonly idle: { script: PersistentScript; retirement: NodeJS.Timeout }[];
  readonly restart: RestartDelay;
}

/** Keeps persistent scripts: starts a process when none is free, and ends those that have served their time. */
export class PersistentPool {
  readonly #cage: Cage;
  readonly #options: PersistentOptions;
  readonly #siblings = new Map<string, Siblings>();
  readonly #alive = new Set<PersistentScript>();

  constructor(cage: Cage, options: PersistentOptions) {
    this.#cage = cage;
    this.#options = options;
  }

  /**
   * Gives an event to a process that is free, or to a new one.
   *
   * @param started Called with the id of the process.
   */
  feed(call: Feed, started: (pid: number) => void): Running {
    const aborted = new AbortController();
    return { ended: this.#serve(call, started, aborted.signal), abort: () => aborted.abort() };
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    for (const script of this.#alive) script.terminate();
    await Promise.all([...this.#alive].map(({ ended }) => ended));
  }

  async #serve(call: Feed, started: (pid: number) => void, signal: AbortSignal): Promise<ScriptEnd> {
    const siblings = this.#siblingsOf(call.key);
    if (monotonicMs() >= call.until) return { kind: 'too_late' };
    const script = takeIdle(siblings) ?? (await this.#start(call, siblings, signal));
    if (!(script instanceof PersistentScript)) return script;
    started(script.pid);
    const terminate = () => script.terminate();
    signal.addEventListener('abort', terminate, { once: true });
    if (signal.aborted) terminate();
    const end = await script.call(call);
    signal.removeEventListener('abort', terminate);
    if (end.kind === 'replied') siblings.restart.succeeded();
    // What was taken back in the middle was ended by us.
    else if (!signal.aborted) siblings.restart.failed(performance.now());
    this.#putBack(call.key, siblings, script);
    return end;
  }

  async #start(call: Feed, { restart }: Siblings, signal: AbortSignal): Promise<PersistentScript | ScriptEnd> {
    const wait = restart.remaining(performance.now());
    if (wait > 0) await delay(wait, undefined, { signal }).catch(() => {});
    if (signal.aborted || monotonicMs() >= call.until) return { kind: 'too_late' };
    const process = ScriptProcess.start(call, call.mark, this.#cage);
    if (process instanceof Promise) {
      restart.failed(performance.now());
      return process;
    }
    const script = new PersistentScript(process, this.#cage.keptBytes);
    this.#alive.add(script);
    void script.ended.then(() => this.#alive.delete(script));
    return script;
  }

  #putBack(key: string, siblings: Siblings, script: PersistentScript): void {
    if (script.usable && script.served < this.#options.eventsPerProcess) {
      const retirement = setTimeout(() => this.#retire(key, siblings, script), this.#options.idleMs);
      siblings.idle.push({ script, retirement });
    } else if (script.usable) void script.retire();
  }

  #retire(key: string, siblings: Siblings, script: PersistentScript): void {
    siblings.idle.splice(
      siblings.idle.findIndex((entry) => entry.script === script),
      1,
    );
    if (siblings.idle.length === 0) this.#siblings.delete(key);
    void script.retire();
  }

  #siblingsOf(key: string): Siblings {
    const found = this.#siblings.get(key) ?? { idle: [], restart: new RestartDelay(this.#options) };
    this.#siblings.set(key, found);
    return found;
  }
}

/** The one that was used last, so that those beyond what is needed grow idle. */
function takeIdle({ idle }: Siblings): PersistentScript | undefined {
  for (let entry = idle.pop(); entry; entry = idle.pop()) {
    clearTimeout(entry.retirement);
    if (entry.script.usable) return entry.script;
  }
  return undefined;
}

/** How long a script that keeps failing is left alone before it is started again. */
class RestartDelay {
  readonly #options: PersistentOptions;
  #failures = 0;
  #notBefore = 0;

  constructor(options: PersistentOptions) {
    this.#options = options;
  }

  /** @returns Milliseconds until it may be started. */
  remaining(now: number): number {
    return Math.max(this.#notBefore - now, 0);
  }

  failed(now: number): void {
    const { firstRestartMs, lastRestartMs } = this.#options;
    this.#notBefore = now + Math.min(firstRestartMs * 2 ** this.#failures, lastRestartMs);
    this.#failures++;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#notBefore = 0;
  }
}
