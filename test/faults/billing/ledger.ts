/** An event that billing publishes, as often as it takes. */
export interface LedgerEvent {
  readonly id: string;
  readonly key: string;
  readonly type: string;
  readonly body: Buffer;
  /** Whether the broker has taken charge of it. */
  confirmed: boolean;
  /** How often it was published because a confirm was lost. */
  publishedAgain: number;
  /** How often it was published once more although it was confirmed. */
  publishedTwice: number;
}

/** What billing knows: which events it has published, of which key, in which order, and which of them are confirmed. */
export class Ledger {
  readonly #events = new Map<string, LedgerEvent>();
  readonly #byKey = new Map<string, LedgerEvent[]>();

  /** Makes the next event of a key. */
  next(key: string, type: string): LedgerEvent {
    const ofKey = this.#byKey.get(key) ?? [];
    this.#byKey.set(key, ofKey);
    const number = ofKey.length;
    const id = `${key}:${String(number)}`;
    const occurred = { id, dt: new Date().toISOString(), events_id: type, object_id: key };
    const body = Buffer.from(JSON.stringify({ event: occurred, data: { id: key, number } }));
    const event = { id, key, type, body, confirmed: false, publishedAgain: 0, publishedTwice: 0 };
    ofKey.push(event);
    this.#events.set(id, event);
    return event;
  }

  get(id: string): LedgerEvent | undefined {
    return this.#events.get(id);
  }

  /** The events of each key, in the order published. */
  get byKey(): ReadonlyMap<string, readonly LedgerEvent[]> {
    return this.#byKey;
  }

  get confirmed(): LedgerEvent[] {
    return [...this.#events.values()].filter((event) => event.confirmed);
  }
}
