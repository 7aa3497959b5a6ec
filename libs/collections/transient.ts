// Collections for entries that come and go with each event. V8 gives a `Map` or `Set` a new table after some deletions,
// and the old table refers to the new one. Once the garbage collector has promoted such a table to the old generation,
// all later tables survive every minor collection, with everything they held when they were replaced. In an executor
// that was a quarter of the memory of events. Copying the entries to a new `Map` from time to time ends this chain.

/** Below this number of deletions the entries are not copied. */
const leastDeletions = 64;

/** Works like a `Map`, with one exception: an iteration may miss entries that are added while it runs. */
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
    // Not at a deletion, so that an iteration may delete.
    if (this.#deletions > leastDeletions + this.#entries.size) {
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

/** Works like a `Set`, with the exception of {@link TransientMap}. */
export class TransientSet<Item> {
  readonly #items = new TransientMap<Item, Item>();

  get size(): number {
    return this.#items.size;
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
