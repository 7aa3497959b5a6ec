import type { Logger } from '#observability';
import { HandlerCatalog } from '../../execute/handler-catalog.ts';

/** Where catalogs come from. */
export interface CatalogSource {
  /** @param since Made newer by what was changed after it; absent: every handler is read, and its secrets opened. */
  load(since?: HandlerCatalog): Promise<HandlerCatalog>;
  revision(): Promise<number>;
}

/** A message that was lost is made good within this time. */
const pollIntervalMs = 15_000;
/** Longer than two polls: who has not heard of the catalog for so long may run an old one. */
const longestUncheckedMs = 40_000;

/**
 * Holds the current catalog and replaces it with newer ones. Changes that arrive during a load cause one more load, not
 * many.
 */
export class LiveCatalog {
  readonly #source: CatalogSource;
  readonly #logger: Logger;
  readonly #onSwap: (catalog: HandlerCatalog) => void;
  /** The catalog in force, replaced here only. An event that began with an older one keeps it. */
  current = HandlerCatalog.empty;
  #loaded = false;
  /** When the database last said which revision there is. */
  #checkedAt = 0;
  /** The next load is to read every handler, and not only those that were changed. */
  #anew = true;
  #loading: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #poll: NodeJS.Timeout | undefined;

  /** @param onSwap Told of every catalog that comes into force. */
  constructor(source: CatalogSource, logger: Logger, onSwap: (catalog: HandlerCatalog) => void) {
    this.#source = source;
    this.#logger = logger;
    this.#onSwap = onSwap;
  }

  /** @throws {Error} While no catalog was loaded yet, or when it is not known whether it is the newest. */
  assertCurrent(): void {
    if (!this.#loaded) throw new Error('the catalog was not loaded yet');
    const uncheckedMs = performance.now() - this.#checkedAt;
    if (uncheckedMs > longestUncheckedMs) {
      throw new Error(`the last check for a newer catalog was ${String(Math.round(uncheckedMs / 1_000))} s ago`);
    }
  }

  /** Loads the first catalog and begins to ask for newer ones. */
  async start(): Promise<void> {
    await this.reload();
    this.#poll = setInterval(() => this.refresh(), pollIntervalMs);
  }

  stop(): void {
    clearInterval(this.#poll);
  }

  /** Asks for the revision and loads what is new; what fails is tried again by the next poll. */
  refresh(): void {
    if (!this.#loaded) return;
    this.#source
      .revision()
      // An earlier one is what a database has that was put back to an earlier state.
      .then((revision) => {
        this.#checkedAt = performance.now();
        return revision < this.current.revision ? this.reload() : this.announced(revision);
      })
      .catch((error: unknown) => {
        this.#logger.warn({ err: error }, 'failed to read the catalog revision; retrying');
      });
  }

  /** Called when the registry says that there is a revision; loads what was changed since the one in force. */
  async announced(revision: number): Promise<void> {
    if (revision > this.current.revision) await this.#turn();
  }

  /** Loads the whole catalog as it is now or later, and uses it. */
  reload(): Promise<void> {
    this.#anew = true;
    return this.#turn();
  }

  #turn(): Promise<void> {
    if (!this.#loading) {
      this.#loading = this.#load().finally(() => (this.#loading = undefined));
      return this.#loading;
    }
    // The running load may have read before the change of this call: one more load serves all who ask now.
    this.#next ??= this.#loading
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.#turn();
      });
    return this.#next;
  }

  async #load(): Promise<void> {
    const startedAt = performance.now();
    const anew = this.#anew;
    this.#anew = false;
    const catalog = await this.#source.load(anew ? undefined : this.current).catch((error: unknown) => {
      this.#anew ||= anew;
      throw error;
    });
    const changed = !this.#loaded || catalog.revision !== this.current.revision;
    this.current = catalog;
    this.#loaded = true;
    this.#checkedAt = performance.now();
    if (!changed) return;
    this.#onSwap(catalog);
    this.#logger.info({ revision: catalog.revision, ms: Math.round(performance.now() - startedAt) }, 'catalog loaded');
  }
}
