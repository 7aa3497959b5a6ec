import { usualReleasePerSecond } from '#contracts';
import type { HandlerCatalog } from '../handler-catalog.ts';
import type { Bulkhead } from './bulkhead.ts';
import type { Paces } from './fleet/paces.ts';
import type { Holds } from './holds.ts';
import { noMoreThan, type Share } from './share.ts';

/** As many keys wait for their turn as have it in this time. More would overtake keys of other executors. */
const aheadSeconds = 0.3;
/** How long what is released may wait for its turn: for longer it does so in the database. */
const patienceMs = 2_000;

export interface ReleasesParts {
  /** The catalog in force. */
  catalog: { readonly current: Pick<HandlerCatalog, 'handler' | 'targets'> };
  holds: Pick<Holds, 'isHeld' | 'nextChangeMs'>;
  paces: Pick<Paces, 'take'>;
  shares: Pick<Bulkhead, 'shareOf'>;
}

/** What has waited for the end of a hold continues at a pace that all executors keep together. */
export class Releases {
  readonly #parts: ReleasesParts;

  constructor(parts: ReleasesParts) {
    this.#parts = parts;
  }

  /** Whether a handler or a target is held now. */
  isHeld(id: string): boolean {
    return this.#parts.holds.isHeld(id);
  }

  /** Milliseconds until a hold begins or ends at its time. */
  get nextChangeMs(): number {
    return this.#parts.holds.nextChangeMs;
  }

  /** How many keys that a handler or target has held may wait for their turn at a time. */
  shareOf(id: string): Share {
    return noMoreThan(this.#parts.shares.shareOf(id), aheadSeconds * this.#perSecond(id));
  }

  /** Waits until one more event may continue that a handler or target has held; false when none may so soon. */
  take(id: string): boolean | Promise<boolean> {
    const pace = { id, purpose: 'release', perSecond: this.#perSecond(id), burst: 1 } as const;
    return this.#parts.paces.take(pace, patienceMs, true);
  }

  #perSecond(id: string): number {
    const catalog = this.#parts.catalog.current;
    return (catalog.targets.get(id) ?? catalog.handler(id))?.releasePerSecond ?? usualReleasePerSecond;
  }
}
