import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Hold, HoldWindow } from '#contracts';
import { DatabaseClock } from '#database';
import { report } from '#orm';
import type { HeldEventsView, HoldPeriodView } from './dto/held.dto.ts';
import { scheduleOf, type HoldSubject, type ScheduledPeriod } from './hold-schedule.ts';
import { plainWindows } from './plain-windows.ts';

interface HoldableRow {
  readonly type: HoldSubject;
  readonly id: string;
  readonly name: string;
  readonly hold: Hold | null;
  readonly windows: HoldWindow[];
}

interface WaitingRow extends HeldEventsView {
  readonly handler_id: string;
  readonly target_id: string | null;
}

/** Time zones cost some time: other requests have their turn after this many. */
const subjectsInARow = 50;

/** What is held now, and what comes. */
@Injectable()
export class HoldSearch {
  readonly #dataSource: DataSource;
  readonly #clock: DatabaseClock;

  constructor(dataSource: DataSource, clock: DatabaseClock) {
    this.#dataSource = dataSource;
    this.#clock = clock;
  }

  /** What is held, the longest held first; then what comes within 8 days, the next one first. */
  async list(): Promise<HoldPeriodView[]> {
    const now = this.#clock.date().getTime();
    const rows = await report<HoldableRow[]>(
      this.#dataSource,
      `select 'handler' as type, id, name, hold, windows from handlers
       where status <> 'archived' and (hold is not null or windows <> '[]')
       union all
       select 'target', id, name, hold, windows from targets
       where deleted_at is null and (hold is not null or windows <> '[]')`,
    );
    const periods: { row: HoldableRow; period: ScheduledPeriod }[] = [];
    for (const [index, row] of rows.entries()) {
      if (index > 0 && index % subjectsInARow === 0) await setImmediate();
      periods.push(...scheduleOf(row, now).map((period) => ({ row, period })));
    }
    const waiting = periods.some(({ period }) => period.state === 'held') ? await this.#waiting() : [];
    return periods
      .toSorted((one, other) => rank(one.period) - rank(other.period) || one.period.from - other.period.from)
      .map(({ row, period }) => periodView(row, period, waiting));
  }

  /** What waits because something is held, by handler. */
  async #waiting(): Promise<WaitingRow[]> {
    return report<WaitingRow[]>(
      this.#dataSource,
      `select handler_id, handlers.task ->> 'target' as target_id, keys, events
       from (
         select handler_id, count(distinct deferral_keys.key)::integer as keys, count(*)::integer as events
         from deferral_keys join deferrals on deferrals.key = deferral_keys.key
         where deferral_keys.reason = 'held' group by handler_id
       ) as waiting
       join handlers on handlers.id = handler_id`,
    );
  }
}

function rank({ state }: ScheduledPeriod): number {
  return state === 'held' ? 0 : 1;
}

function periodView(row: HoldableRow, period: ScheduledPeriod, waiting: readonly WaitingRow[]): HoldPeriodView {
  const { type, id, name } = row;
  const { state, from, until, reason, by, window } = period;
  const own = state === 'coming' ? [] : waiting.filter((each) => isOf(each, row));
  return {
    subject: { type, id, name },
    state,
    from: new Date(from).toISOString(),
    until: until === null ? null : new Date(until).toISOString(),
    reason,
    by,
    window: window && plainWindows([window])[0]!,
    waiting: {
      keys: own.reduce((sum, { keys }) => sum + keys, 0),
      events: own.reduce((sum, { events }) => sum + events, 0),
    },
  };
}

function isOf({ handler_id, target_id }: WaitingRow, { type, id }: HoldableRow): boolean {
  return type === 'handler' ? handler_id === id : target_id === id;
}
