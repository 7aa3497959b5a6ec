import { noHandler, writeDuration } from '#contracts';
import type { PoolClient } from '#database';
import { stillFound, type Finding, type Trouble } from './trouble.ts';

interface Row {
  handlerId: string;
  name: string | null;
  count: number;
  since: Date;
  key: string;
  reason: string;
  eventId: string | null;
  eventType: string | null;
  objectId: string | null;
  partitionKey: string | null;
}

// What is held or waits for a rate was meant to wait, and what an operation has reserved waits for its pace.
const stuckStatement = {
  name: 'stuck-keys',
  text: `select stuck.handler_id as "handlerId", handlers.name, stuck.count, stuck.since, stuck.key, stuck.reason,
      waiting.event_id as "eventId", waiting.event_type as "eventType", waiting.object_id as "objectId",
      waiting.partition_key as "partitionKey"
    from (
      select handler_id, count(*)::integer as count, min(waiting_since) as since,
        (array_agg(key order by waiting_since, key))[1] as key,
        (array_agg(coalesce(cause, reason) order by waiting_since, key))[1] as reason
      from deferral_keys
      where waiting_since < now() - make_interval(secs => $1::double precision / 1000)
        and reason not in ('held', 'rate_limited') and reserved_by is null
      group by handler_id
    ) as stuck
    left join handlers on handlers.id = stuck.handler_id
    left join lateral (
      select event_id, event_type, object_id, partition_key from deferrals where deferrals.key = stuck.key
      order by seq limit 1
    ) as waiting on true
    where coalesce(handlers.event, waiting.event_type, '') not like 'provisor.%'`,
};

/** Keys that wait for longer than they should, by the handler that they wait for. */
export async function keyFindings(
  client: PoolClient,
  known: readonly Trouble[],
  stuckAfterMs: number,
): Promise<Finding[]> {
  const { rows } = await client.query<Row>({ ...stuckStatement, values: [stuckAfterMs] });
  const stuck = rows.map(({ handlerId, name, count, since, key, reason, ...waiting }): Finding => {
    const { eventId, eventType, objectId, partitionKey } = waiting;
    const keys = count === 1 ? '1 key has' : `${count} keys have`;
    return {
      kind: 'key',
      subject: {
        type: 'handler',
        id: handlerId,
        name: name ?? (handlerId === noHandler ? 'no handler yet' : handlerId),
      },
      since: new Date(since.getTime() + stuckAfterMs),
      open: true,
      size: count,
      reason,
      message: `${keys} waited for more than ${writeDuration(stuckAfterMs)}.`,
      first: {
        eventId,
        ...(eventType !== null && { event: eventType }),
        ...(objectId !== null && { objectId: JSON.parse(objectId) as string | number }),
        partitionKey: partitionKey ?? key,
        handlerId,
        at: since.toISOString(),
      },
    };
  });
  const found = new Set(stuck.map(({ subject }) => subject.id));
  return [...stuck, ...known.filter(({ subject }) => !found.has(subject.id)).map((one) => stillFound(one, false))];
}
