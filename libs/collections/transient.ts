// For what comes and goes with each event. V8 gives a `Map` or `Set` a new table after some deletions, and the old
// table refers to the new one. When the garbage collector has once taken such a table for long-lived, all later ones
// survive each of its minor collections, with all that was in them when they were replaced: in an executor a quarter
// of all memory that events took, which was copied twice before it went. A new `Map` now and then ends that chain.

/** Fewer deletions are no reason to copy what is left. */
const fewDeletions = 64;

/**
 * A map whose entries do not stay for long. It is as a `Map`, but for one thing: an iteration may not tell of entries
 * that are added while it runs.
 */
export class TransientMap<Key, Value> {
  #entries = new Map<Key, Value>();
  #deletions = 0;

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  has(key: Key): boolean {
    return this.#entries.has(key);
  }

  set(key: Key, value: Value): this {
    // Here and not at a deletion, so that an iteration may delete.
    if (this.#deletions > fewDeletions + this.#entries.size) {
      this.#entries = new Map(this.#entries);
      this.#deletions = 0;
    }
    this.#entries.set(key, value);
    return this;
  }

  delete(key: Key): boolean {
    const wasThere = this.#entries.delete(key);
    if (wasThere) this.#deletions++;
    return wasThere;
  }

  clear(): void {
    this.#entries = new Map();
    this.#deletions = 0;
  }

  values(): MapIterator<Value> {
    return this.#entries.values();
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.#entries[Symbol.iterator]();
  }
}

/** A set whose items do not stay for long; as {@link TransientMap}. */
export class TransientSet<Item> {
  readonly #items = new TransientMap<Item, Item>();

  get size(): number {
    return this.#items.size;
  }

  has(item: Item): boolean {
    return this.#items.has(item);
  }

  add(item: Item): this {
    this.#items.set(item, item);
    return this;
  }

  delete(item: Item): boolean {
    return this.#items.delete(item);
  }

  [Symbol.iterator](): MapIterator<Item> {
    return this.#items.values();
  }
}
