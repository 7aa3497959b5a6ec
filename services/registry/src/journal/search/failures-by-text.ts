import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isUuid } from '#contracts';
import { Conditions } from '../conditions.ts';
import { objectIdSpellings } from '../object-id.ts';
import { AttemptSearch } from './attempt-search.ts';
import { SearchSession } from './search-session.ts';
import { ValueLookup } from './value-lookup.ts';

/** Found in each way: more than a person reads. */
const mostFound = 1_000;

/** When the failures happened that are searched. */
export interface FailurePeriod {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** Finds failures by a text, in the ways that events and executions are found. */
@Injectable()
export class FailuresByText {
  readonly #dataSource: DataSource;
  readonly #attempts: AttemptSearch;
  readonly #lookup: ValueLookup;

  constructor(dataSource: DataSource, attempts: AttemptSearch, lookup: ValueLookup) {
    this.#dataSource = dataSource;
    this.#attempts = attempts;
    this.#lookup = lookup;
  }

  /**
   * Execution ids of the failures that a text finds: those with the id, the object, the key or the indexed value, the
   * newest thousand of each, and those with the text. Executions without a failure may be among them.
   *
   * @param period Of the attempts whose texts are searched; without a beginning, a day.
   * @throws {SearchTooLong}
   */
  find(text: string, period: FailurePeriod): Promise<string[]> {
    return SearchSession.during(this.#dataSource, (session) => this.#find(text, period, session));
  }

  async #find(text: string, { from, to }: FailurePeriod, session: SearchSession): Promise<string[]> {
    const found = await this.#lookup.eventsWith(text, undefined, session);
    const events = [...new Set(found.map(({ event_id: id }) => id))];
    const conditions = new Conditions();
    const ways = [
      `event_id = ${conditions.parameter(text)}`,
      `partition_key = ${conditions.parameter(text)}`,
      ...objectIdSpellings(text).map((spelling) => `object_id = ${conditions.parameter(spelling)}`),
      ...(isUuid(text) ? [`execution_id = ${conditions.parameter(text)}`] : []),
      ...(events.length > 0 ? [`event_id = any(${conditions.parameter(events)})`] : []),
    ];
    const statement = ways
      .map((way) => `(select execution_id from failures where ${way} order by id desc limit ${mostFound})`)
      .join(' union ');
    const rows = await session.ask<{ execution_id: string }>(statement, conditions.values);
    const attempts = await this.#attempts.find(text, this.#attempts.period(from, to), session);
    return [...new Set([...rows, ...attempts].map(({ execution_id: id }) => id))];
  }
}
