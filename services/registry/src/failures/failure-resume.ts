import { report } from '#orm';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../audit/audit.service.ts';
import type { OperationInput } from '../operations/dto/operation-input.dto.ts';
import type { OperationView } from '../operations/dto/operation.dto.ts';
import { OperationSearch } from '../operations/operation-search.ts';
import { Operations } from '../operations/operations.service.ts';
import type { FailureResumePreviewView } from './dto/failure-input.dto.ts';
import { selected } from './failure-conditions.ts';
import { auditedSelection } from './failure-decisions.ts';
import { EventWaiting, NothingToResume } from './failure-errors.ts';
import type { FailureSelection } from './failure-filter.ts';
import { isResumable, resumableRunOf } from './resumable-run.ts';

/** Continues failed events where they stopped: operations of the kind `resume`. */
@Injectable()
export class FailureResume {
  readonly #dataSource: DataSource;
  readonly #operations: Operations;
  readonly #search: OperationSearch;

  constructor(dataSource: DataSource, operations: Operations, search: OperationSearch) {
    this.#dataSource = dataSource;
    this.#operations = operations;
    this.#search = search;
  }

  /** Asks for the events of failures to be resumed, of those that are open. */
  async resume(selection: FailureSelection, how: OperationInput, by: Actor): Promise<OperationView> {
    const { canary = null, perSecond = null, note = null } = how;
    const what = 'filter' in selection ? { filter: selection.filter } : { executionIds: selection.executionIds };
    const wanted = { kind: 'resume', ...what, canary, perSecond, note } as const;
    const id = await this.#operations.request(
      wanted,
      (operationId) => ({
        action: 'failures.resume',
        ...auditedSelection(selection, { operationId, canary, perSecond, note }),
      }),
      by,
    );
    return this.#search.get(id);
  }

  /** Counts what a resume would be about; changes nothing. */
  async preview(selection: FailureSelection): Promise<FailureResumePreviewView> {
    const conditions = selected(selection).require('open');
    const [counted] = await report<[FailureResumePreviewView]>(
      this.#dataSource,
      `select count(*)::integer as failures, count(distinct journal_id)::integer as events,
         count(distinct partition_key)::integer as keys,
         (count(*) filter (where reached = 'maybe'))::integer as maybe
       from failures ${conditions.where}`,
      conditions.values,
    );
    return counted;
  }

  /**
   * Asks for one event to be resumed.
   *
   * @throws {EventNotFound}
   * @throws {EventWaiting}
   * @throws {NothingToResume}
   */
  async resumeEvent(eventId: string, note: string | undefined, by: Actor): Promise<OperationView> {
    const run = await resumableRunOf(this.#dataSource, eventId);
    if (await this.#waits(eventId)) throw new EventWaiting(eventId);
    if (!isResumable(run)) throw new NothingToResume(eventId);
    const id = await this.#operations.request(
      { kind: 'resume', eventId, note: note ?? null },
      (operationId) => ({
        action: 'event.resume',
        subject: { type: 'event', id: eventId },
        after: { operationId, note },
      }),
      by,
    );
    return this.#search.get(id);
  }

  /** Whether an event waits in the order of its key; a detached execution of it does not count. */
  async #waits(eventId: string): Promise<boolean> {
    const [{ waits }] = await this.#dataSource.query<[{ waits: boolean }]>(
      `select exists (
         select from deferrals join deferral_keys on deferral_keys.key = deferrals.key
         where event_id = $1 and not detached
       ) as waits`,
      [eventId],
    );
    return waits;
  }
}
