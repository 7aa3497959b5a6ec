import type { PoolClient } from '#database';
import { stillFound, type Finding, type Trouble } from './trouble.ts';

/** Failures that one look counts; the next look is a second later. */
const mostFailures = 5_000;

interface Row {
  handlerId: string;
  name: string;
  count: number;
  id: string;
  eventId: string;
  eventType: string;
  objectId: string;
  executionId: string;
  partitionKey: string;
  reason: string;
  message: string;
  failedAt: Date;
}

// A row that something else changes at the moment is counted the next time.
const freshStatement = {
  name: 'failures-not-noticed',
  text: `with picked as (
      select execution_id from failures where not noticed and event_type not like 'provisor.%'
      order by id limit ${mostFailures} for update skip locked
    ), fresh as (
      update failures set noticed = true from picked where failures.execution_id = picked.execution_id
        returning failures.*
    )
    select distinct on (handler_id) handler_id as "handlerId", coalesce(handlers.name, handler_id::text) as name,
      (count(*) over (partition by handler_id))::integer as count, event_id as "eventId", event_type as "eventType",
      object_id as "objectId", execution_id as "executionId", partition_key as "partitionKey", reason, message,
      failed_at as "failedAt"
    from fresh left join handlers on handlers.id = handler_id order by handler_id, fresh.id`,
};

const openStatement = {
  name: 'handlers-with-open-failures',
  text: `select asked.id from unnest($1::uuid[]) as asked (id) where exists (
      select from failures where handler_id = asked.id and open and event_type not like 'provisor.%')`,
};

/** Failures that were opened since the last look, by handler, and whether any is open. */
export async function failureFindings(client: PoolClient, known: readonly Trouble[]): Promise<Finding[]> {
  const { rows } = await client.query<Row>(freshStatement);
  const ids = new Set([...rows.map(({ handlerId }) => handlerId), ...known.map(({ subject }) => subject.id)]);
  if (ids.size === 0) return [];
  const open = await client.query<{ id: string }>({ ...openStatement, values: [[...ids]] });
  const isOpen = new Set(open.rows.map(({ id }) => id));
  const fresh = rows.map((row): Finding => {
    const { handlerId, name, count, reason, message, failedAt } = row;
    return {
      kind: 'failure',
      subject: { type: 'handler', id: handlerId, name },
      since: failedAt,
      open: isOpen.has(handlerId),
      fresh: count,
      size: count,
      reason,
      message,
      first: {
        eventId: row.eventId,
        event: row.eventType,
        objectId: JSON.parse(row.objectId) as string | number,
        executionId: row.executionId,
        partitionKey: row.partitionKey,
        handlerId,
        at: failedAt.toISOString(),
      },
    };
  });
  const counted = new Set(rows.map(({ handlerId }) => handlerId));
  const others = known.filter(({ subject }) => !counted.has(subject.id));
  return [...fresh, ...others.map((trouble) => stillFound(trouble, isOpen.has(trouble.subject.id)))];
}
