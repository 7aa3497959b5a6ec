import { inTransaction, type Pool } from '#database';
import type { Logger } from '#observability';
import { nextSlots, type Allotment } from './fair-shares.ts';

/** How long an allotment lasts, milliseconds: by then the calls of an executor that died have ended with it. */
const leaseMs = 6_000;
/** It ends earlier here than in the database. */
const marginMs = 1_500;
const renewEveryMs = 1_000;
/** Between two looks while calls wait for slots that others have to give back. */
const lookAgainMs = 100;
/** For so long the slots of a target are kept that are not used. */
const idleMs = 2_000;
/** Slots beyond those in use, so that not each further call has to ask. */
const spare = 1.25;
/** How long who gets the odd slot stays the same, seconds. */
const turnSeconds = 2;
/** How much the newest call's duration says of what is to be expected. */
const newestWeight = 0.2;

interface Waiter {
  readonly answer: (taken: boolean) => void;
}

/** The calls of one target. */
interface Line {
  readonly targetId: string;
  /** Of all executors together. */
  max: number;
  /** How many of them this executor may have in flight. */
  slots: number;
  /** Until when it has them, by `performance.now()`. */
  validUntil: number;
  inFlight: number;
  waiting: Waiter[];
  usedAt: number;
  typicalMs: number;
}

export interface AllotmentsParts {
  pool: Pool;
  executorId: string;
  logger: Logger;
}

/**
 * Keeps a number of calls in flight per target that holds for all executors together. Each executor has an allotment
 * under a short lease. It takes what it wants of the slots that are free, and gives back what others have a right to.
 */
export class Allotments {
  readonly #parts: AllotmentsParts;
  /** By target. */
  readonly #lines = new Map<string, Line>();
  #renewing: Promise<void> | undefined;
  #isWanted = false;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #stopped = false;
  #closed = false;

  constructor(parts: AllotmentsParts) {
    this.#parts = parts;
  }

  /**
   * Takes a slot of a target, which has to be given back; false when there is none in time.
   *
   * @param max Calls at a time, of all executors together.
   * @param patienceMs How long it may be waited for.
   */
  acquire(targetId: string, max: number, patienceMs: number): boolean | Promise<boolean> {
    if (this.#stopped) return false;
    const line = this.#line(targetId);
    line.max = max;
    line.usedAt = performance.now();
    if (line.waiting.length === 0 && hasRoom(line)) {
      line.inFlight++;
      return true;
    }
    return new Promise((resolve) => {
      const answer = (taken: boolean): void => {
        clearTimeout(timer);
        resolve(taken);
      };
      const waiter = { answer };
      const timer = setTimeout(() => {
        line.waiting.splice(line.waiting.indexOf(waiter), 1);
        resolve(false);
      }, patienceMs);
      line.waiting.push(waiter);
      this.#renew();
    });
  }

  /** @param tookMs How long the call took; undefined when it was not made. */
  release(targetId: string, tookMs?: number): void {
    const line = this.#line(targetId);
    line.inFlight--;
    line.usedAt = performance.now();
    if (tookMs !== undefined) line.typicalMs += newestWeight * (tookMs - line.typicalMs);
    serve(line);
  }

  /**
   * Has changed limits apply to what waits already.
   *
   * @param maxOf The limit of a target as it is now; null where it has none, and nothing needs to wait.
   */
  limitsChanged(maxOf: (targetId: string) => number | null): void {
    for (const line of this.#lines.values()) {
      const max = maxOf(line.targetId);
      line.max = max ?? Infinity;
      if (max !== null) continue;
      for (const { answer } of line.waiting.splice(0)) {
        line.inFlight++;
        answer(true);
      }
    }
    if (this.#lines.size > 0 && !this.#stopped) this.#renew();
  }

  /**
   * How long the next call is expected to wait, milliseconds, as far as this executor knows.
   *
   * @param ahead How many are before it.
   */
  expectedWaitMs(targetId: string, ahead: number): number {
    const line = this.#lines.get(targetId);
    if (!line || hasRoom(line) || line.slots === 0) return 0;
    return (line.typicalMs * (ahead + 1)) / line.slots;
  }

  /** Nothing waits any more, and nothing is given. What is in flight keeps its slots. */
  stop(): void {
    this.#stopped = true;
    for (const { waiting } of this.#lines.values()) for (const { answer } of waiting.splice(0)) answer(false);
  }

  /** Gives all slots back, when no calls are in flight any more. */
  async close(): Promise<void> {
    this.stop();
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#soon);
    await this.#renewing;
    if (this.#lines.size === 0) return;
    const { pool, executorId, logger } = this.#parts;
    try {
      await pool.query('delete from allotments where executor_id = $1', [executorId]);
    } catch (error) {
      // They lapse in a moment.
      logger.warn({ err: error }, 'failed to give back slots of targets');
    }
  }

  #line(targetId: string): Line {
    let line = this.#lines.get(targetId);
    if (!line) {
      const unused = { slots: 0, validUntil: 0, inFlight: 0, usedAt: 0, typicalMs: 0 };
      line = { targetId, max: 0, waiting: [], ...unused };
      this.#lines.set(targetId, line);
    }
    return line;
  }

  /** Asks for slots, or renews them, with all targets in one transaction; one at a time. */
  #renew(): void {
    this.#isWanted = true;
    this.#renewing ??= this.#renewWhileWanted();
  }

  #renewLater(): void {
    clearTimeout(this.#timer);
    if (this.#lines.size === 0 || this.#closed) return;
    this.#timer = setTimeout(() => this.#renew(), renewEveryMs);
  }

  /** For those that wait for slots that other executors have to give back. */
  #renewSoon(): void {
    clearTimeout(this.#soon);
    if (this.#closed) return;
    this.#soon = setTimeout(() => this.#renew(), lookAgainMs);
  }

  async #renewWhileWanted(): Promise<void> {
    // What asks in the same turn of the event loop is served by the first transaction already.
    await Promise.resolve();
    while (this.#isWanted) {
      this.#isWanted = false;
      const lines = [...this.#lines.values()];
      const askedAt = performance.now();
      try {
        const slots = await this.#exchange(lines, askedAt);
        for (const line of lines) {
          line.slots = slots.get(line.targetId) ?? 0;
          line.validUntil = askedAt + leaseMs - marginMs;
          serve(line);
          if (isIdle(line, askedAt)) this.#lines.delete(line.targetId);
        }
      } catch (error) {
        this.#parts.logger.warn(
          { err: error, targets: lines.length },
          'concurrency limits are waiting for the database',
        );
        break;
      }
      if (lines.some(({ waiting, inFlight, slots }) => waiting.length > 0 || inFlight > slots)) this.#renewSoon();
    }
    this.#renewing = undefined;
    this.#renewLater();
  }

  /** Says what this executor wants, and returns what it has from now on, by target. */
  async #exchange(lines: readonly Line[], now: number): Promise<Map<string, number>> {
    const { pool, executorId } = this.#parts;
    const targetIds = lines.map(({ targetId }) => targetId);
    return inTransaction(pool, async (client) => {
      await client.query({ ...lockStatement, values: [targetIds] });
      const { rows } = await client.query<AllotmentRow>({ ...readStatement, values: [targetIds, executorId] });
      const turn = rows[0]!.turn;
      const others = Map.groupBy(rows, ({ targetId }) => targetId);
      const mine = lines.map((line) => {
        const { targetId, max, inFlight } = line;
        const wanted = isIdle(line, now) ? 0 : Math.min(Math.ceil((inFlight + line.waiting.length) * spare) + 1, max);
        const part = { executorId, inFlight, wanted: Math.max(wanted, inFlight) };
        const next = nextSlots(max, part, others.get(targetId) ?? [], turn);
        // What is given back is not used from this moment on; what is added is used when it is ours.
        line.slots = Math.min(line.slots, next.most);
        return { target_id: targetId, slots: next.held, most: next.most, wanted: part.wanted };
      });
      await client.query({ ...writeStatement, values: [JSON.stringify(mine), executorId, targetIds] });
      return new Map(mine.map(({ target_id, most }) => [target_id, most]));
    });
  }
}

function hasRoom({ inFlight, slots, max, validUntil }: Line): boolean {
  return inFlight < Math.min(slots, max) && performance.now() < validUntil;
}

function serve(line: Line): void {
  while (line.waiting.length > 0 && hasRoom(line)) {
    line.inFlight++;
    line.waiting.shift()!.answer(true);
  }
}

function isIdle({ inFlight, waiting, usedAt }: Line, now: number): boolean {
  return inFlight === 0 && waiting.length === 0 && now - usedAt > idleMs;
}

interface AllotmentRow extends Allotment {
  readonly targetId: string | null;
  readonly turn: number;
}

// One executor at a time shares out the slots of a target; in order, so that executors do not deadlock.
const lockStatement = {
  name: 'lock-allotments',
  text: `select pg_advisory_xact_lock(hashtextextended('provisor.allotments ' || id, 0))
    from (select id from unnest($1::uuid[]) as id order by id) as ordered`,
};

// Of the others; one row without a target says which turn it is when there are none.
const readStatement = {
  name: 'read-allotments',
  text: `select floor(extract(epoch from now()) / ${String(turnSeconds)})::integer as turn, target_id as "targetId",
      executor_id as "executorId", slots, wanted
    from (select) as always left join allotments
      on target_id = any($1) and executor_id <> $2 and lease_until > now()`,
};

const writeStatement = {
  name: 'write-allotments',
  text: `with mine as materialized (
      select * from json_to_recordset($1::json) as row (target_id uuid, slots integer, wanted integer)
    ), lapsed as (
      delete from allotments where target_id = any($3) and executor_id <> $2 and lease_until <= now()
    ), unused as (
      delete from allotments using mine
      where allotments.target_id = mine.target_id and executor_id = $2 and mine.wanted = 0
    )
    insert into allotments (target_id, executor_id, slots, wanted, lease_until)
    select target_id, $2, slots, wanted, now() + interval '${String(leaseMs)} milliseconds' from mine where wanted > 0
    on conflict (target_id, executor_id) do update set slots = excluded.slots, wanted = excluded.wanted,
      lease_until = excluded.lease_until`,
};
