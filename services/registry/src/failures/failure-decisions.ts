import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseClock } from '#database';
import type { AuditAction } from '../audit/audit-actions.ts';
import { Audit, type Actor } from '../audit/audit.service.ts';
import type { Conditions } from '../journal/conditions.ts';
import { shownFilter } from '../operations/shown-filter.ts';
import type { Decision } from './dto/failure.dto.ts';
import { selected } from './failure-conditions.ts';
import type { FailureSelection } from './failure-filter.ts';

/** What a person decides about failures. */
@Injectable()
export class FailureDecisions {
  readonly #dataSource: DataSource;
  readonly #audit: Audit;
  readonly #clock: DatabaseClock;

  constructor(dataSource: DataSource, audit: Audit, clock: DatabaseClock) {
    this.#dataSource = dataSource;
    this.#audit = audit;
    this.#clock = clock;
  }

  /**
   * Settles those of the failures that are open.
   *
   * @param note Undefined: the note that a failure has stays.
   * @returns How many were settled.
   */
  async settle(selection: FailureSelection, as: Decision, note: string | undefined, by: Actor): Promise<number> {
    const conditions = selected(selection).require('open');
    const values = [as, this.#clock.date(), by.name, note].map((value) => conditions.parameter(value ?? null));
    const change = `settled_as = ${values[0]}, settled_at = ${values[1]}, settled_by = ${values[2]},
      note = coalesce(${values[3]}, note)`;
    return this.#change('failures.settle', selection, conditions, change, { as, note }, by);
  }

  /** Reopens those of the failures that a person has settled. Returns how many. */
  async reopen(selection: FailureSelection, by: Actor): Promise<number> {
    const conditions = selected(selection).require('settled_at is not null and recovered_at is null');
    const change = 'settled_as = null, settled_at = null, settled_by = null';
    return this.#change('failures.reopen', selection, conditions, change, {}, by);
  }

  /** Assigns those of the failures that are open to a person, or to none. Returns how many it changed. */
  async assign(selection: FailureSelection, assignee: string | null, by: Actor): Promise<number> {
    const conditions = selected(selection).require('open');
    const given = conditions.parameter(assignee);
    conditions.require(`assignee is distinct from ${given}`);
    return this.#change('failures.assign', selection, conditions, `assignee = ${given}`, { assignee }, by);
  }

  /**
   * Changes the failures that meet the conditions, in one transaction with its audit entry.
   *
   * @param change Makes them no longer meet the conditions.
   */
  async #change(
    action: AuditAction,
    selection: FailureSelection,
    conditions: Conditions,
    change: string,
    decision: object,
    by: Actor,
  ): Promise<number> {
    return this.#dataSource.transaction(async (manager) => {
      // Locked in order, so that two such statements wait for each other in turn rather than in a circle.
      const statement = `with chosen as (
          select execution_id from failures ${conditions.where} order by execution_id limit ${rowsPerStatement} for update
        )
        update failures set ${change} from chosen where failures.execution_id = chosen.execution_id`;
      let changed = 0;
      for (let part = rowsPerStatement; part === rowsPerStatement; changed += part) {
        [, part] = await manager.query<[unknown, number]>(statement, conditions.values);
      }
      await this.#audit.record(by, { action, ...auditedSelection(selection, { ...decision, changed }) }, manager);
      return changed;
    });
  }
}

/** One statement for all of a hundred thousand failures would exceed the time that a statement has. */
const rowsPerStatement = 10_000;

/** One failure has its execution as the subject, which people search for. */
export function auditedSelection(
  selection: FailureSelection,
  after: object,
): { subject: { type: 'failures'; id: string }; after: object } {
  if ('filter' in selection) {
    return {
      subject: { type: 'failures', id: 'filter' },
      after: { filter: shownFilter('resume', selection.filter), ...after },
    };
  }
  const { executionIds, foundBy } = selection;
  if (foundBy) {
    const filter = Object.assign(shownFilter('resume', foundBy.filter), { q: foundBy.q });
    return { subject: { type: 'failures', id: 'filter' }, after: { filter, ...after } };
  }
  const [first] = executionIds;
  return executionIds.length === 1
    ? { subject: { type: 'failures', id: first! }, after }
    : { subject: { type: 'failures', id: 'list' }, after: { executionIds, ...after } };
}
