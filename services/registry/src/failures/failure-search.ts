import { report } from '#orm';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { FailureFilter } from '#contracts';
import { Redaction } from '#redaction';
import { cursorPage, decodeCursor, type CursorPage } from '../http/cursor.ts';
import type { Conditions } from '../journal/conditions.ts';
import { FailuresByText } from '../journal/search/failures-by-text.ts';
import type { FailureGroupQuery, FailureGroupView } from './dto/failure-group.dto.ts';
import type { FailureQuery, FailureState } from './dto/failure-query.dto.ts';
import type { FailureView } from './dto/failure.dto.ts';
import { conditionsOf, selected } from './failure-conditions.ts';
import { storedFilter } from './failure-filter.ts';
import { failureGroups } from './failure-groups.ts';
import { failureView, selectFailures, type FailureRow } from './failure-rows.ts';

/** Finds failures. */
@Injectable()
export class FailureSearch {
  readonly #dataSource: DataSource;
  readonly #redaction: Redaction;
  readonly #byText: FailuresByText;

  constructor(dataSource: DataSource, redaction: Redaction, byText: FailuresByText) {
    this.#dataSource = dataSource;
    this.#redaction = redaction;
    this.#byText = byText;
  }

  /**
   * The newest first.
   *
   * @throws {SearchTooLong}
   */
  async find({ state, cursor, limit, ...filter }: FailureQuery): Promise<CursorPage<FailureView>> {
    const conditions = (await this.#conditions(filter, state)).add(
      cursor && decodeCursor(cursor),
      (last) => `id < ${last}`,
    );
    const page = `select * from failures ${conditions.where} order by id desc limit ${conditions.parameter(limit + 1)}`;
    const rows = await report<FailureRow[]>(this.#dataSource, selectFailures(page), conditions.values);
    return cursorPage(
      rows,
      limit,
      ({ id }) => id,
      (row) => failureView(row, this.#redaction),
    );
  }

  /**
   * The same by handler and reason, the largest group first.
   *
   * @throws {SearchTooLong}
   */
  async groups({ state, ...filter }: FailureGroupQuery): Promise<FailureGroupView[]> {
    return failureGroups(this.#dataSource, await this.#conditions(filter, state));
  }

  /**
   * Execution ids of the failures with a text that also match the filter, in any state.
   *
   * @throws {SearchTooLong}
   */
  async withText(q: string, filter: FailureFilter): Promise<string[]> {
    const { from, to } = filter;
    const period = { ...(from && { from: new Date(from) }), ...(to && { to: new Date(to) }) };
    const found = await this.#byText.find(q, period);
    const conditions = selected({ filter }).add(found, (ids) => `execution_id = any(${ids})`);
    const statement = `select execution_id from failures ${conditions.where}`;
    const rows = await report<{ execution_id: string }[]>(this.#dataSource, statement, conditions.values);
    return rows.map(({ execution_id: id }) => id);
  }

  async #conditions({ q, ...filter }: Omit<FailureGroupQuery, 'state'>, state: FailureState): Promise<Conditions> {
    const conditions = conditionsOf(storedFilter(filter), state);
    return q === undefined
      ? conditions
      : conditions.add(await this.#byText.find(q, filter), (ids) => `execution_id = any(${ids})`);
  }
}
