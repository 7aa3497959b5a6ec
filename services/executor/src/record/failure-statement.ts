import { names, rowsFromJson, type Columns } from './deferral-statement.ts';
import type { FailureRow, Recovery } from './journal-rows.ts';

const columns: Columns<FailureRow> = {
  execution_id: 'uuid',
  id: 'uuid',
  journal_id: 'uuid',
  event_id: 'text',
  event_type: 'text',
  object_id: 'text',
  partition_key: 'text',
  handler_id: 'uuid',
  task_type: 'text',
  replay_id: 'uuid',
  origin_id: 'uuid',
  reason: 'text',
  message: 'text',
  reached: 'text',
  attempts: 'integer',
  failed_at: 'timestamptz',
  skipped: 'uuid[]',
};

const recovered: Columns<Recovery> = { execution_id: 'uuid', origin_id: 'uuid' };

/** What changes when an execution fails again. The rest of its row stays, with what a person has decided. */
const renewed = ['id', 'reason', 'message', 'reached', 'attempts', 'failed_at', 'skipped'];

/**
 * Parts of a statement that opens failures, and settles those whose execution, or a repetition of it, has succeeded.
 * A statement that arrives late changes no failure that a later attempt has renewed.
 *
 * @param failures Parameter that holds {@link FailureRow}s as JSON.
 * @param recoveries Parameter that holds {@link Recovery}s as JSON.
 */
export function failurePart(failures: string, recoveries: string): string {
  return `opened as (
      insert into failures (${names(columns)}) select ${names(columns)} from ${rowsFromJson(failures, columns)}
      order by execution_id
      on conflict (execution_id) do update
        set ${renewed.map((name) => `${name} = excluded.${name}`).join(', ')}, recovered_at = null, noticed = false
        where failures.id < excluded.id
    ), recovered as (
      update failures set recovered_at = now()
      from ${rowsFromJson(recoveries, recovered)}
      where failures.open and (failures.execution_id = row.execution_id
        or failures.origin_id in (
          row.origin_id, (select of.origin_id from failures of where of.execution_id = row.execution_id)))
    )`;
}
