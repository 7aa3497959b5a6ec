import type pg from 'pg';

/** Tells the time: milliseconds since 1970, whole. */
export type Now = () => number;

const clockStatement = `select (extract(epoch from clock_timestamp()) * 1000)::double precision as "time"`;

const intervalMs = 10_000;
/** The first reading is what everything is dated by until the next one, so that it is worth more than one question. */
const firstQuestions = 3;
/**
 * The clock does not go back for a correction smaller than this, since ids that are made of its times sort as they were
 * made.
 */
const smallStepMs = 1_000;
/** From here on the machine's clock is wrong enough to be told. */
export const notableSkewMs = 1_000;

export interface DatabaseClockOptions {
  pool: pg.Pool;
  /** The clock of this machine, which is only compared. */
  systemNow?: Now;
  /** Milliseconds of a monotonic clock. */
  monotonicNow?: () => number;
}

export interface ClockListener {
  /**
   * Told when the skew has become notable, and when that is over. Milliseconds; positive: the machine's clock is ahead.
   */
  onSkew: (skewMs: number, isNotable: boolean) => void;
  /** Told when the database could not be asked; the clock goes on. */
  onFailure: (error: unknown) => void;
}

/**
 * The database's clock in a process: the time that the database reported, continued by the monotonic clock. Changes of
 * the machine's clock do not affect it. All services use it, so that times of different processes can be compared.
 */
export class DatabaseClock {
  readonly #options: DatabaseClockOptions;
  readonly #systemNow: Now;
  readonly #monotonicNow: () => number;
  /** What the database's time is ahead of the monotonic clock; undefined before the first answer. */
  #offsetMs: number | undefined;
  #latest = -Infinity;
  #listener: ClockListener | undefined;
  #isNotable = false;
  #timer: NodeJS.Timeout | undefined;
  #measuring: Promise<void> | undefined;

  constructor(options: DatabaseClockOptions) {
    this.#options = options;
    // eslint-disable-next-line no-restricted-properties -- this is the one place that compares it
    this.#systemNow = options.systemNow ?? Date.now;
    this.#monotonicNow = options.monotonicNow ?? (() => performance.now());
  }

  /**
   * The database's time.
   *
   * @throws {Error} Before the database was asked: no other time may stand in for its own.
   */
  readonly now: Now = () => {
    const time = Math.round(this.#exactNow());
    if (time < this.#latest && this.#latest - time < smallStepMs) return this.#latest;
    this.#latest = time;
    return time;
  };

  /** Whether the database was asked. */
  get isSet(): boolean {
    return this.#offsetMs !== undefined;
  }

  /** As {@link now}. */
  date(): Date {
    return new Date(this.now());
  }

  /**
   * How far the clock of this machine is ahead of the database's, milliseconds; undefined before the database was
   * asked.
   */
  get skewMs(): number | undefined {
    return this.#offsetMs === undefined ? undefined : this.#systemNow() - this.#exactNow();
  }

  /**
   * Asks the database; the first time this sets the clock, later it is corrected. One question at a time.
   *
   * @throws When the database does not answer.
   */
  measure(): Promise<void> {
    this.#measuring ??= this.#measure().finally(() => (this.#measuring = undefined));
    return this.#measuring;
  }

  /** Asks every 10 s from now on. */
  start(listener: ClockListener): void {
    this.#listener = listener;
    this.#tell();
    this.#timer = setInterval(() => void this.measure().catch(listener.onFailure), intervalMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #exactNow(): number {
    if (this.#offsetMs === undefined) throw new Error('the database has not been asked for the time yet');
    return this.#offsetMs + this.#monotonicNow();
  }

  async #measure(): Promise<void> {
    const questions = this.#offsetMs === undefined ? firstQuestions : 1;
    // The time that it takes to get a connection is none of the round trip.
    const client = await this.#options.pool.connect();
    let done = false;
    try {
      for (let count = 0; count < questions; count++) await this.#ask(client);
      done = true;
    } finally {
      client.release(!done);
    }
    this.#tell();
  }

  async #ask(client: pg.ClientBase): Promise<void> {
    const askedAt = this.#monotonicNow();
    const { rows } = await client.query<{ time: number }>(clockStatement);
    this.#offsetMs = corrected(this.#offsetMs, rows[0]!.time, askedAt, this.#monotonicNow());
  }

  #tell(): void {
    const skewMs = this.skewMs ?? 0;
    const isNotable = Math.abs(skewMs) >= notableSkewMs;
    if (!this.#listener || isNotable === this.#isNotable) return;
    this.#isNotable = isNotable;
    this.#listener.onSkew(skewMs, isNotable);
  }
}

/**
 * The offset after an answer. The database read its clock at some time of the round trip: the first time that is taken
 * to be the middle of it, later what was known stays as long as it is possible, so that slow answers do not make the
 * clock worse.
 */
export function corrected(known: number | undefined, time: number, askedAt: number, answeredAt: number): number {
  const [least, most] = [time - answeredAt, time - askedAt];
  if (known === undefined) return (least + most) / 2;
  return Math.min(Math.max(known, least), most);
}
