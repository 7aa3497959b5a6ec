import type { Holdable } from '#contracts';
import type { Now } from '#database';
import { heldAt, nextChange } from '#holds';
import type { CatalogHandler, HandlerCatalog } from '../handler-catalog.ts';

type What = Pick<Holdable, 'hold' | 'windows'>;

/** What was found out last of something that is held at times. */
interface Standing {
  readonly what: What;
  readonly held: boolean;
  /** Between which times that is so, milliseconds since 1970. Before them the clock has been set back. */
  readonly from: number;
  readonly until: number;
}

/**
 * Knows which handlers and targets are held now, by the catalog in force: a hold applies at once to every event,
 * whatever catalog the event began with.
 */
export class Holds {
  readonly #now: Now;
  /** Those that have a hold or windows, by id; most catalogs have none. */
  #standings = new Map<string, Standing>();

  /** @param now The database's clock. */
  constructor(now: Now) {
    this.#now = now;
  }

  /** Has the holds of a catalog apply. */
  use(catalog: Pick<HandlerCatalog, 'handlers' | 'targets'>): void {
    const standings = new Map<string, Standing>();
    const add = (id: string, what: What): void => {
      if (what.hold !== null || what.windows.length > 0)
        standings.set(id, { what, held: false, from: Infinity, until: -Infinity });
    };
    for (const handler of catalog.handlers) add(handler.id, handler);
    for (const target of catalog.targets.values()) add(target.id, target);
    this.#standings = standings;
  }

  /** The handler, or its target, when it is held: nothing of it is called then. */
  heldBy({ id, target }: Pick<CatalogHandler, 'id'> & { target?: { readonly id: string } }): string | undefined {
    if (this.#standings.size === 0) return undefined;
    if (target && this.isHeld(target.id)) return target.id;
    return this.isHeld(id) ? id : undefined;
  }

  /** Whether a handler or a target is held now. */
  isHeld(id: string): boolean {
    return this.#standing(id)?.held ?? false;
  }

  /** Milliseconds until a hold begins or ends; Infinity when none has a time. */
  get nextChangeMs(): number {
    const times = [...this.#standings.keys()].map((id) => this.#standing(id)!.until);
    return times.length === 0 ? Infinity : Math.min(...times) - this.#now();
  }

  #standing(id: string): Standing | undefined {
    const known = this.#standings.get(id);
    if (!known) return undefined;
    const now = this.#now();
    if (known.from <= now && now < known.until) return known;
    const { what } = known;
    const found = { what, held: heldAt(what, now) !== undefined, from: now, until: nextChange(what, now) ?? Infinity };
    this.#standings.set(id, found);
    return found;
  }
}
