import { report } from '#orm';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseClock } from '#database';
import { SharedAnswer } from './shared-answer.ts';
import { countsByKey, noCounts, type CountRow, type StatusCounts } from './status-counts.ts';
import { idBounds, windowUpTo, type Window, type WindowName } from './window.ts';

/** How the executions of a window ended, by handler and by the parts of the window. */
export interface ExecutionCounts {
  readonly asOf: Date;
  readonly window: Window;
  readonly byHandler: ReadonlyMap<string, readonly StatusCounts[]>;
}

/**
 * An execution ends with one attempt, so attempts that left none waiting are executions that ended. Handler by handler,
 * since the index that has handler and time then gives all of it, and no row is read.
 */
const executionsStatement = `
  select handlers.id as key, bucket, 'any' as status, false as test, count
  from handlers cross join lateral (
    select width_bucket(attempts.id, $1::uuid[]) as bucket, count(*)::integer as count from attempts
    where attempts.handler_id = handlers.id and attempts.id >= $2 and attempts.id < $3 group by 1
  ) as counted
  union all
  select handler_id, width_bucket(id, $1::uuid[]), status, false, count(*)::integer from attempts
  where status <> 'succeeded' and id >= $2 and id < $3 group by 1, 2, 3
  union all
  select handler_id, width_bucket(id, $1::uuid[]), status, true, count(*)::integer from attempts
  where test and id >= $2 and id < $3 group by 1, 2, 3`;

const eventsStatement = `
  select '' as key, width_bucket(id, $1::uuid[]) as bucket, 'any' as status, false as test, count(*)::integer as count
  from events where id >= $2 and id < $3 group by 2
  union all
  select '', width_bucket(id, $1::uuid[]), status, false, count(*)::integer from events
  where status <> 'succeeded' and id >= $2 and id < $3 group by 2, 3
  union all
  select '', width_bucket(id, $1::uuid[]), status, true, count(*)::integer from events
  where test and id >= $2 and id < $3 group by 2, 3`;

/** Counts the journal of the last hour or day. */
@Injectable()
export class JournalCounts {
  readonly #dataSource: DataSource;
  readonly #clock: DatabaseClock;
  readonly #executions = {
    hour: new SharedAnswer(() => this.#countExecutions('hour')),
    day: new SharedAnswer(() => this.#countExecutions('day')),
  };

  constructor(dataSource: DataSource, clock: DatabaseClock) {
    this.#dataSource = dataSource;
    this.#clock = clock;
  }

  /**
   * As they were some seconds ago at most; a day of a million takes a quarter of a second, which is not spent for
   * everyone who asks.
   */
  executions(name: WindowName): Promise<ExecutionCounts> {
    return this.#executions[name].get();
  }

  /** Where the events that were received in a window stand now, by the window's parts. */
  async events(window: Window): Promise<StatusCounts[]> {
    const counts = await this.#count(eventsStatement, window);
    return counts.get('') ?? window.starts.map(noCounts);
  }

  async #countExecutions(name: WindowName): Promise<ExecutionCounts> {
    const asOf = this.#clock.date();
    const window = windowUpTo(name, asOf.getTime());
    return { asOf, window, byHandler: await this.#count(executionsStatement, window) };
  }

  async #count(statement: string, window: Window): Promise<Map<string, StatusCounts[]>> {
    const rows = await report<CountRow[]>(this.#dataSource, statement, idBounds(window));
    return countsByKey(rows, window.starts.length);
  }
}
