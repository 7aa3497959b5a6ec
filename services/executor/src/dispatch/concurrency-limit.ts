interface Slot {
  /** The newest one that was given. */
  limit: number;
  taken: number;
  waiting: (() => void)[];
}

/** Lets at most a number of things of one name happen at a time; the others wait in the order in which they came. */
export class ConcurrencyLimit {
  readonly #slots = new Map<string, Slot>();

  /** @param limit Of this name, at least 1; the newest one counts, also for those that wait. */
  async run<T>(name: string, limit: number, work: () => Promise<T>): Promise<T> {
    let slot = this.#slots.get(name);
    if (!slot) this.#slots.set(name, (slot = { limit, taken: 0, waiting: [] }));
    slot.limit = limit;
    const turn = Promise.withResolvers<undefined>();
    slot.waiting.push(() => turn.resolve(undefined));
    admit(slot);
    await turn.promise;
    try {
      return await work();
    } finally {
      slot.taken--;
      admit(slot);
      if (slot.taken === 0) this.#slots.delete(name);
    }
  }
}

function admit(slot: Slot): void {
  while (slot.taken < slot.limit && slot.waiting.length > 0) {
    slot.taken++;
    slot.waiting.shift()!();
  }
}
