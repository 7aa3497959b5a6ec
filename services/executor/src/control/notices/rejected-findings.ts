import type { PoolClient } from '#database';
import { stillFound, type Finding, type Trouble } from './trouble.ts';

/** Messages that one look counts. */
const mostMessages = 5_000;

interface Row {
  reason: string;
  count: number;
  id: string;
  messageId: string | null;
  message: string;
  rejectedAt: Date;
}

const freshStatement = {
  name: 'rejected-messages-not-noticed',
  text: `with picked as (
      select id from rejected_messages where not noticed order by id limit ${mostMessages} for update skip locked
    ), fresh as (
      update rejected_messages as message set noticed = true from picked where message.id = picked.id
      returning message.id, message.reason, message.message, message.properties, message.rejected_at
    )
    select distinct on (reason) reason, (count(*) over (partition by reason))::integer as count, id, message,
      substring(properties from '"messageId":"([^"\\\\]{1,255})"') as "messageId", rejected_at as "rejectedAt"
    from fresh order by reason, id`,
};

/** Messages that were rejected since the last look, by reason. A rejected message is nothing that goes on. */
export async function rejectedFindings(client: PoolClient, known: readonly Trouble[]): Promise<Finding[]> {
  const { rows } = await client.query<Row>(freshStatement);
  const fresh = rows.map(({ reason, count, id, message, messageId, rejectedAt }): Finding => ({
    kind: 'rejected',
    subject: { type: 'reason', id: reason, name: reason },
    since: rejectedAt,
    open: false,
    fresh: count,
    size: count,
    reason,
    message,
    first: { eventId: messageId, rejectedId: id, at: rejectedAt.toISOString() },
  }));
  const counted = new Set(rows.map(({ reason }) => reason));
  const others = known.filter(({ subject }) => !counted.has(subject.id));
  return [...fresh, ...others.map((trouble) => stillFound(trouble, false))];
}
