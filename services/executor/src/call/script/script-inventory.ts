import { isDeepStrictEqual } from 'node:util';
import type { ScriptReport } from '#contracts';
import { listScripts } from './script-listing.ts';

export interface ScriptInventoryOptions {
  /** Absolute folders that scripts may be run from. */
  folders: readonly string[];
  /** The `PATH` that scripts have. */
  searched: string;
  /** Called when the scripts are others than before, and first when they are known. */
  onChange: () => void;
  warn: (error: unknown) => void;
  /** Milliseconds between two looks. */
  intervalMs?: number;
}

/** A look takes no more than this share of the time, however many scripts there are. */
const largestShare = 1 / 50;

/** Knows the scripts in the folders, and looks at them again and again. */
export class ScriptInventory {
  readonly #folders: readonly string[];
  readonly #searched: string;
  readonly #onChange: () => void;
  readonly #warn: (error: unknown) => void;
  readonly #intervalMs: number;
  #report: ScriptReport | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor({ folders, searched, onChange, warn, intervalMs = 10_000 }: ScriptInventoryOptions) {
    this.#folders = folders;
    this.#searched = searched;
    this.#onChange = onChange;
    this.#warn = warn;
    this.#intervalMs = intervalMs;
  }

  /** The same object as long as nothing has changed; undefined until they are known. */
  get report(): ScriptReport | undefined {
    return this.#report;
  }

  start(): void {
    void this.#look();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const begun = performance.now();
    try {
      const report = await listScripts(this.#folders, this.#searched);
      if (this.#isStopped) return;
      if (!isDeepStrictEqual(report, this.#report)) {
        this.#report = report;
        this.#onChange();
      }
    } catch (error) {
      this.#warn(error);
    }
    if (this.#isStopped) return;
    const pause = Math.max(this.#intervalMs, (performance.now() - begun) / largestShare);
    this.#timer = setTimeout(() => void this.#look(), pause);
    this.#timer.unref();
  }
}
