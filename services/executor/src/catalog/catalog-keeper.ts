import type { Logger } from '#observability';
import { HandlerCatalog } from './handler-catalog.ts';

/** Where catalogs come from. */
export interface CatalogSource {
  load(): Promise<HandlerCatalog>;
  revision(): Promise<number>;
}

/** A message that was lost is made good within this time. */
const pollIntervalMs = 15_000;

/**
 * Holds the catalog that is in force and replaces it when there is a newer one. Changes that come while one load is under
 * way cause one more load, not many.
 */
export class CatalogKeeper {
  readonly #source: CatalogSource;
  readonly #logger: Logger;
  readonly #onSwap: (catalog: HandlerCatalog) => void;
  #current = HandlerCatalog.empty;
  #loaded = false;
  #loading: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #poll: NodeJS.Timeout | undefined;

  /** @param onSwap Told of every catalog that comes into force. */
  constructor(source: CatalogSource, logger: Logger, onSwap: (catalog: HandlerCatalog) => void) {
    this.#source = source;
    this.#logger = logger;
    this.#onSwap = onSwap;
  }

  /** The catalog in force. An event that began with an older one keeps it. */
  get current(): HandlerCatalog {
    return this.#current;
  }

  /** @throws {Error} While no catalog was loaded yet. */
  assertLoaded(): void {
    if (!this.#loaded) throw new Error('the catalog was not loaded yet');
  }

  /** Loads the first catalog and begins to ask for newer ones. */
  async start(): Promise<void> {
    await this.reload();
    this.#poll = setInterval(() => this.refresh(), pollIntervalMs);
  }

  stop(): void {
    clearInterval(this.#poll);
  }

  /** Asks for the revision and loads the catalog if it is newer; what fails is tried again by the next poll. */
  refresh(): void {
    if (!this.#loaded) return;
    this.#source
      .revision()
      .then((revision) => this.announced(revision))
      .catch((error: unknown) => {
        this.#logger.warn({ err: error }, 'could not ask for the revision of the catalog; asking again');
      });
  }

  /** Called when the registry says that there is a revision. */
  async announced(revision: number): Promise<void> {
    if (revision > this.#current.revision) await this.reload();
  }

  /** Loads the catalog as it stands now or later, and puts it in force. */
  reload(): Promise<void> {
    if (!this.#loading) {
      this.#loading = this.#load().finally(() => (this.#loading = undefined));
      return this.#loading;
    }
    // The load under way may have read before the change that we are called for: one more serves all who ask now.
    this.#next ??= this.#loading
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.reload();
      });
    return this.#next;
  }

  async #load(): Promise<void> {
    const startedAt = performance.now();
    const catalog = await this.#source.load();
    const changed = !this.#loaded || catalog.revision !== this.#current.revision;
    this.#current = catalog;
    this.#loaded = true;
    if (!changed) return;
    this.#onSwap(catalog);
    this.#logger.info(
      { revision: catalog.revision, ms: Math.round(performance.now() - startedAt) },
      'catalog in force',
    );
  }
}
