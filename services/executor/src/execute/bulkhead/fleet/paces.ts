import type { Now, Pool } from '#database';
import type { Logger } from '#observability';
import {
  horizonMs,
  makePacesStatement,
  paceStatement,
  slotTime,
  type Pace,
  type PaceGrant,
  type PaceRequest,
} from './pace-statement.ts';

/** A slot that is not used for so long after its time lapses: many at once would come too fast. */
const lapseMs = 250;
/** Between two questions for the same pace while there are no more slots, at least. */
const leastPauseMs = 10;
/** While the database is away. */
const retryMs = 500;
/** Beyond the burst, so much is asked for at once: what comes in half of the time that slots are given ahead. */
const askedForSeconds = horizonMs / 2 / 1_000;
/** More than this number are asked for next time. */
const mostWanted = 1_000;

interface Waiter {
  /** By `performance.now()`. */
  readonly until: number;
  /** Whether it waits even where its turn cannot come in time. */
  readonly isPatient: boolean;
  readonly answer: (taken: boolean) => void;
}

/** What waits for one pace. */
interface Line {
  pace: Pace;
  /** When the slots that it has may be used, the next one first. Milliseconds since 1970, by the database's clock. */
  slots: number[];
  waiting: Waiter[];
  /** Whether the database had fewer slots than were asked for, the last time. */
  isShort: boolean;
  /** When there may be another slot, milliseconds since 1970; known while it is short. */
  nextAt: number;
  /** No question before, by `performance.now()`. */
  askAt: number;
  timer: NodeJS.Timeout | undefined;
}

export interface PacesParts {
  pool: Pool;
  /** The database's clock. */
  now: Now;
  logger: Logger;
}

/**
 * Keeps paces that hold for all executors together. An executor takes a few slots at once from the database, and only
 * as many as it has use for; each slot has its time. Without the database there are no slots.
 */
export class Paces {
  readonly #parts: PacesParts;
  /** By purpose and id. */
  readonly #lines = new Map<string, Line>();
  readonly #toAsk = new Set<Line>();
  #isAsking = false;
  #stopped = false;

  constructor(parts: PacesParts) {
    this.#parts = parts;
  }

  /**
   * Takes the next slot of a pace, when its time has come; false when there is none in time.
   *
   * @param patienceMs How long it may be waited for.
   * @param isPatient Whether to wait as long even where it is known to be in vain: the next try would be as soon.
   */
  take(pace: Pace, patienceMs: number, isPatient: boolean): boolean | Promise<boolean> {
    if (this.#stopped) return false;
    const line = this.#line(pace);
    const now = this.#parts.now();
    dropLapsed(line, now);
    if (line.waiting.length === 0 && line.slots.length > 0 && line.slots[0]! <= now) {
      line.slots.shift();
      return true;
    }
    return new Promise((resolve) => {
      const answer = (taken: boolean): void => {
        clearTimeout(timer);
        resolve(taken);
      };
      const waiter = { until: performance.now() + patienceMs, isPatient, answer };
      const timer = setTimeout(() => {
        line.waiting.splice(line.waiting.indexOf(waiter), 1);
        resolve(false);
      }, patienceMs);
      line.waiting.push(waiter);
      this.#serve(line);
    });
  }

  /**
   * Has changed rates apply to what waits already.
   *
   * @param rateOf The rate of a target as it is now; undefined where it has none, and nothing needs to wait.
   */
  ratesChanged(rateOf: (id: string) => Pace | undefined): void {
    for (const [key, line] of this.#lines) {
      if (line.pace.purpose !== 'rate') continue;
      const pace = rateOf(line.pace.id);
      if (pace) {
        adopt(line, pace);
        this.#serve(line);
      } else {
        this.#lines.delete(key);
        clearTimeout(line.timer);
        for (const { answer } of line.waiting.splice(0)) answer(true);
      }
    }
  }

  /**
   * How long the next one is expected to wait, milliseconds, as far as this executor knows.
   *
   * @param ahead How many are before it.
   */
  expectedWaitMs({ id, purpose, perSecond, burst }: Pace, ahead: number): number {
    const line = this.#lines.get(keyOf({ id, purpose }));
    const isShort = line !== undefined && line.isShort && line.waiting.length > 0;
    if (!isShort) return (Math.max(ahead - burst + 1, 0) * 1_000) / perSecond;
    const withoutSlot = Math.max(ahead - line.slots.length, 0);
    return Math.max(line.nextAt - this.#parts.now(), 0) + (withoutSlot * 1_000) / perSecond;
  }

  /** Nothing waits any more, and nothing is given. */
  stop(): void {
    this.#stopped = true;
    for (const { waiting, timer } of this.#lines.values()) {
      clearTimeout(timer);
      for (const { answer } of waiting.splice(0)) answer(false);
    }
  }

  #line(pace: Pace): Line {
    const key = keyOf(pace);
    let line = this.#lines.get(key);
    if (!line) {
      line = { pace, slots: [], waiting: [], isShort: false, nextAt: 0, askAt: 0, timer: undefined };
      this.#lines.set(key, line);
    } else adopt(line, pace);
    return line;
  }

  /** Gives slots whose time has come to those that wait, and sees to it that there are more. */
  #serve(line: Line): void {
    if (this.#stopped) return;
    const now = this.#parts.now();
    dropLapsed(line, now);
    while (line.waiting.length > 0 && line.slots.length > 0 && line.slots[0]! <= now) {
      line.slots.shift();
      line.waiting.shift()!.answer(true);
    }
    clearTimeout(line.timer);
    if (line.waiting.length === 0) return;
    const askInMs = line.waiting.length > line.slots.length ? line.askAt - performance.now() : Infinity;
    if (askInMs <= 0) this.#ask(line);
    const [nextSlot = Infinity] = line.slots;
    const waitMs = Math.min(nextSlot - now, askInMs > 0 ? askInMs : Infinity);
    if (waitMs < Infinity) line.timer = setTimeout(() => this.#serve(line), waitMs);
  }

  #ask(line: Line): void {
    this.#toAsk.add(line);
    if (this.#isAsking) return;
    this.#isAsking = true;
    void this.#askAll();
  }

  /** One statement asks for all that is wanted by then. */
  async #askAll(): Promise<void> {
    // What is asked for in the same turn of the event loop belongs to the first question already.
    await Promise.resolve();
    while (this.#toAsk.size > 0 && !this.#stopped) {
      const lines = [...this.#toAsk].filter(({ waiting, slots }) => waiting.length > slots.length);
      this.#toAsk.clear();
      if (lines.length > 0) await this.#askFor(lines);
    }
    this.#isAsking = false;
  }

  async #askFor(lines: readonly Line[]): Promise<void> {
    const requests = lines.map(({ pace, waiting, slots }): PaceRequest => {
      const most = Math.min(pace.burst + Math.ceil(askedForSeconds * pace.perSecond), mostWanted);
      return { ...pace, wanted: Math.min(waiting.length - slots.length, most) };
    });
    try {
      const grants = new Map((await this.#grants(requests)).map((grant) => [keyOf(grant), grant]));
      for (const [index, line] of lines.entries()) this.#granted(line, requests[index]!, grants.get(keyOf(line.pace)));
    } catch (error) {
      this.#parts.logger.warn({ err: error, paces: lines.length }, 'rate limits are waiting for the database');
      for (const line of lines) line.askAt = performance.now() + retryMs;
    }
    for (const line of lines) this.#serve(line);
  }

  async #grants(requests: readonly PaceRequest[]): Promise<PaceGrant[]> {
    const { pool } = this.#parts;
    const rows = requests.map(({ perSecond: per_second, ...request }) => ({ ...request, per_second }));
    const values = [JSON.stringify(rows)];
    const { rows: grants } = await pool.query<PaceGrant>({ ...paceStatement, values });
    if (grants.length === requests.length) return grants;
    // A pace that no executor has asked for yet has no row.
    await pool.query({ ...makePacesStatement, values });
    const known = new Set(grants.map(keyOf));
    const others = rows.filter((row) => !known.has(keyOf(row)));
    const { rows: further } = await pool.query<PaceGrant>({ ...paceStatement, values: [JSON.stringify(others)] });
    return [...grants, ...further];
  }

  #granted(line: Line, { wanted, ...asked }: PaceRequest, grant: PaceGrant | undefined): void {
    const now = this.#parts.now();
    // A pace whose row was deleted meanwhile is asked for again.
    const given = grant ?? { granted: 0, at: now, from: now };
    const { granted } = given;
    for (let index = 0; index < granted; index++) line.slots.push(slotTime(asked, given, index));
    line.slots.sort((a, b) => a - b);
    line.isShort = granted < wanted;
    if (!line.isShort) {
      line.askAt = 0;
      return;
    }
    line.nextAt = slotTime(asked, given, granted);
    // Not all executors at the same moment, and not for each single slot.
    const pauseMs = line.nextAt - now - horizonMs / 2 + (Math.random() * horizonMs) / 8;
    line.askAt = performance.now() + Math.max(pauseMs, leastPauseMs);
    this.#refuse(line);
  }

  /** Sends away those whose turn cannot come in their time. */
  #refuse(line: Line): void {
    const { pace, slots, nextAt } = line;
    const inMs = nextAt - this.#parts.now();
    const now = performance.now();
    const stays = ({ until, isPatient }: Waiter, index: number): boolean =>
      isPatient || index < slots.length || now + inMs + ((index - slots.length) * 1_000) / pace.perSecond <= until;
    const [left, refused] = [line.waiting.filter(stays), line.waiting.filter((waiter, index) => !stays(waiter, index))];
    line.waiting = left;
    for (const { answer } of refused) answer(false);
  }
}

function keyOf({ id, purpose }: Pick<Pace, 'id' | 'purpose'>): string {
  return `${purpose} ${id}`;
}

function adopt(line: Line, pace: Pace): void {
  if (line.pace.perSecond === pace.perSecond && line.pace.burst === pace.burst) return;
  Object.assign(line, { pace, isShort: false, askAt: 0 });
}

function dropLapsed({ slots }: Line, now: number): void {
  while (slots.length > 0 && slots[0]! < now - lapseMs) slots.shift();
}
