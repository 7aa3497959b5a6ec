/** A sleep that ends at the earliest requested time, even if it is requested during the sleep. */
export class WakeUp {
  #at = Infinity;
  #timer: NodeJS.Timeout | undefined;
  #sleeping: PromiseWithResolvers<undefined> | undefined;

  /** Requests that the next sleep ends within this number of milliseconds. */
  within(milliseconds: number): void {
    this.#at = Math.min(this.#at, performance.now() + milliseconds);
    if (this.#sleeping) this.#arm();
  }

  now(): void {
    this.within(0);
  }

  /** Sleeps until the earliest time that was asked for since the last sleep. */
  async wait(): Promise<void> {
    this.#sleeping = Promise.withResolvers<undefined>();
    this.#arm();
    await this.#sleeping.promise;
    this.#sleeping = undefined;
    this.#at = Infinity;
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const left = this.#at - performance.now();
    if (left <= 0) this.#sleeping?.resolve(undefined);
    else if (left < Infinity) this.#timer = setTimeout(() => this.#sleeping?.resolve(undefined), left);
  }
}
