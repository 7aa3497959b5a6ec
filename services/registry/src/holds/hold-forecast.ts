import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { lowestIdAt, type FieldError } from '#contracts';
import { DatabaseClock } from '#database';
import { report } from '#orm';
import { InvalidInput } from '../domain-error.ts';
import { parseDateTime } from '../http/date-time.ts';
import type { ForecastWeekView, HoldForecastInput, HoldForecastView } from './dto/hold-forecast.dto.ts';
import { average, expectedKeys, pastWeeks, sampleOf, type Period, type SampledKeys } from './forecast-weeks.ts';

const longestMs = 7 * 86_400_000;
/** An event is received some time before the call for it: at most this long, in what is counted. */
const receivedBeforeMs = 86_400_000;
/** More calls than this are not all read: a sample of them says enough. */
const mostCalls = 8_000;
/** The shares of a period that are tried, until they have enough calls. */
const shares = [1 / 256, 1 / 64, 1 / 16, 1 / 4, 1];

/** What a hold would delay, from what the journal has of the same hours of past weeks. */
@Injectable()
export class HoldForecast {
  readonly #dataSource: DataSource;
  readonly #clock: DatabaseClock;

  constructor(dataSource: DataSource, clock: DatabaseClock) {
    this.#dataSource = dataSource;
    this.#clock = clock;
  }

  /** @throws {InvalidInput} Naming ids that are none, and a period that is too long or ends before it begins. */
  async get(input: HoldForecastInput): Promise<HoldForecastView> {
    const period = periodOf(input);
    const handlerIds = await this.#handlersOf(input);
    const counted: ForecastWeekView[] = [];
    // One after another: this is not urgent, and leaves connections to what is.
    for (const week of pastWeeks(period, this.#clock.date().getTime(), await this.#journalStart())) {
      counted.push(await this.#count(handlerIds, week));
    }
    return {
      events: average(counted.map(({ events }) => events)),
      keys: average(counted.map(({ keys }) => keys)),
      weeks: counted.length,
      pastWeeks: counted,
    };
  }

  async #handlersOf({ handlerIds, targetIds }: HoldForecastInput): Promise<string[]> {
    if (handlerIds !== undefined && targetIds !== undefined) {
      throw new InvalidInput([{ field: 'targetIds', message: 'must not be given together with handlerIds' }]);
    }
    if (targetIds !== undefined) {
      await this.#requireAll(
        targetIds,
        'targetIds',
        'select id from targets where id = any($1) and deleted_at is null',
      );
      const rows = await this.#dataSource.query<{ id: string }[]>(
        `select id from handlers where task ->> 'target' = any($1) and status <> 'archived'`,
        [targetIds.map((id) => id.toLowerCase())],
      );
      return rows.map(({ id }) => id);
    }
    await this.#requireAll(handlerIds!, 'handlerIds', 'select id from handlers where id = any($1)');
    return handlerIds!.map((id) => id.toLowerCase());
  }

  async #requireAll(ids: readonly string[], field: 'handlerIds' | 'targetIds', query: string): Promise<void> {
    const rows = await this.#dataSource.query<{ id: string }[]>(query, [ids]);
    const known = new Set(rows.map(({ id }) => id));
    const message = field === 'handlerIds' ? 'must be a handler that exists' : 'must be a target that exists';
    const faults = ids.flatMap((id, index): FieldError[] =>
      known.has(id.toLowerCase()) ? [] : [{ field: `${field}.${index}`, message }],
    );
    if (faults.length > 0) throw new InvalidInput(faults);
  }

  /** When the journal's first event was received. */
  async #journalStart(): Promise<number | undefined> {
    const [row] = await report<{ received_at: Date }[]>(
      this.#dataSource,
      'select received_at from events order by id limit 1',
    );
    return row?.received_at.getTime();
  }

  /** Counts by first attempts, so that an event that was tried often counts once. */
  async #count(handlerIds: readonly string[], period: Period): Promise<ForecastWeekView> {
    const ids = [handlerIds, lowestIdAt(period.from), lowestIdAt(period.to)];
    const [row] = await report<[{ calls: number }]>(this.#dataSource, countCalls, ids);
    let counted = { events: 0, keys: 0 };
    for (const share of row.calls > mostCalls ? shares : [1]) {
      const sample = sampleOf(period, share);
      const [found] = await report<[SampledKeys & { events: number }]>(this.#dataSource, countSample, [
        handlerIds,
        sample.map(({ from }) => lowestIdAt(from)),
        sample.map(({ to }) => lowestIdAt(to)),
        lowestIdAt(period.from - receivedBeforeMs),
      ]);
      counted = { events: Math.round(found.events / share), keys: expectedKeys(found, share) };
      if (found.events >= mostCalls / 4) break;
    }
    return { from: new Date(period.from).toISOString(), to: new Date(period.to).toISOString(), ...counted };
  }
}

const firstCall = 'number = 1 and not test and replay_id is null';

const countCalls = `select count(*)::integer as calls from (
    select from attempts where handler_id = any($1) and id >= $2 and id < $3 and ${firstCall} limit ${mostCalls + 1}
  ) as counted`;

// Index scans by handler and slice, each of which looks at the days of its slice.
const countSample = `with called as materialized (
    select distinct on (event_id) event_id, until from unnest($2::uuid[], $3::uuid[]) as slice (since, until)
    cross join unnest($1::uuid[]) as of_handler (id) cross join lateral (
      select event_id from attempts
      where handler_id = of_handler.id and attempts.id >= since and attempts.id < until and ${firstCall}
    ) as call
  ), by_key as materialized (
    select partition_key, count(*) as times from called cross join lateral (
      select partition_key from events
      where events.event_id = called.event_id and events.id >= $4 and events.id < until
        and not test and replay_id is null limit 1
    ) as event group by 1
  )
  select (select count(*) from called)::integer as events, count(*)::integer as keys,
    (count(*) filter (where times = 1))::integer as once, (count(*) filter (where times = 2))::integer as twice
  from by_key`;

function periodOf(input: HoldForecastInput): Period {
  const from = parseDateTime(input.from)!.getTime();
  const to = parseDateTime(input.to)!.getTime();
  if (to <= from) throw new InvalidInput([{ field: 'to', message: 'must be later than from' }]);
  if (to - from > longestMs) throw new InvalidInput([{ field: 'to', message: 'must be at most 7 days after from' }]);
  return { from, to };
}
