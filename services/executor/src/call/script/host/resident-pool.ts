import { setTimeout as delay } from 'node:timers/promises';
import { monotonicMs, type Feed, type ResidentOptions, type ScriptEnd } from './messages.ts';
import { ResidentScript } from './resident-script.ts';
import { ScriptProcess, type Cage, type Running } from './script-process.ts';

/** The processes of one script that stays: as many as it has had calls at a time. */
interface Residents {
  readonly idle: { script: ResidentScript; retirement: NodeJS.Timeout }[];
  readonly restart: RestartDelay;
}

/** Keeps scripts that stay: starts a process when none is free, and ends those that have served their time. */
export class ResidentPool {
  readonly #cage: Cage;
  readonly #options: ResidentOptions;
  readonly #residents = new Map<string, Residents>();
  readonly #alive = new Set<ResidentScript>();

  constructor(cage: Cage, options: ResidentOptions) {
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
    const residents = this.#residentsOf(call.key);
    if (monotonicMs() >= call.until) return { kind: 'too_late' };
    const script = takeIdle(residents) ?? (await this.#start(call, residents, signal));
    if (!(script instanceof ResidentScript)) return script;
    started(script.pid);
    const terminate = () => script.terminate();
    signal.addEventListener('abort', terminate, { once: true });
    if (signal.aborted) terminate();
    const end = await script.call(call);
    signal.removeEventListener('abort', terminate);
    if (end.kind === 'replied') residents.restart.succeeded();
    // What was taken back in the middle was ended by us.
    else if (!signal.aborted) residents.restart.failed(performance.now());
    this.#putBack(call.key, residents, script);
    return end;
  }

  async #start(call: Feed, { restart }: Residents, signal: AbortSignal): Promise<ResidentScript | ScriptEnd> {
    const wait = restart.remaining(performance.now());
    if (wait > 0) await delay(wait, undefined, { signal }).catch(() => {});
    if (signal.aborted || monotonicMs() >= call.until) return { kind: 'too_late' };
    const process = ScriptProcess.start(call, call.mark, this.#cage);
    if (process instanceof Promise) {
      restart.failed(performance.now());
      return process;
    }
    const script = new ResidentScript(process, this.#cage.keptBytes);
    this.#alive.add(script);
    void script.ended.then(() => this.#alive.delete(script));
    return script;
  }

  #putBack(key: string, residents: Residents, script: ResidentScript): void {
    if (script.usable && script.served < this.#options.eventsPerProcess) {
      const retirement = setTimeout(() => this.#retire(key, residents, script), this.#options.idleMs);
      residents.idle.push({ script, retirement });
    } else if (script.usable) void script.retire();
  }

  #retire(key: string, residents: Residents, script: ResidentScript): void {
    residents.idle.splice(
      residents.idle.findIndex((entry) => entry.script === script),
      1,
    );
    if (residents.idle.length === 0) this.#residents.delete(key);
    void script.retire();
  }

  #residentsOf(key: string): Residents {
    const found = this.#residents.get(key) ?? { idle: [], restart: new RestartDelay(this.#options) };
    this.#residents.set(key, found);
    return found;
  }
}

/** The one that was used last, so that those beyond what is needed grow idle. */
function takeIdle({ idle }: Residents): ResidentScript | undefined {
  for (let entry = idle.pop(); entry; entry = idle.pop()) {
    clearTimeout(entry.retirement);
    if (entry.script.usable) return entry.script;
  }
  return undefined;
}

/** How long a script that keeps failing is left alone before it is started again. */
class RestartDelay {
  readonly #options: ResidentOptions;
  #failures = 0;
  #notBefore = 0;

  constructor(options: ResidentOptions) {
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
