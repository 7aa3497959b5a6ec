import { decodeBillingEvent, partitionKeyHeader } from '#contracts';
import type { Pool } from '#database';
import type { EventOccurrence, Progress, Replay, Resumption, Run } from '../record/run.ts';

/** Bodies of up to this many bytes are read together with their record. */
const shortBodyBytes = 4 * 1024;

/** The columns of `deferrals` that are needed to resume the event. */
export interface DeferralRecord {
  /** Its place in the order of its key. */
  readonly seq: string;
  readonly key: string;
  readonly journal_id: string;
  readonly event_id: string;
  readonly partition_key: string;
  readonly replay_id: string | null;
  readonly replay_handlers: string[] | null;
  readonly traceparent: string | null;
  readonly received_at: Date;
  /** Null for a long one, which is read when there is room for it. */
  readonly body: string | null;
  /** Bytes of the body. */
  readonly size: number;
  readonly progress: Progress | null;
  readonly give_up: boolean;
  /** Of a failed event that is resumed. */
  readonly resume: Resumption | null;
  readonly replay_of: EventOccurrence | null;
}

/** A record with its body. */
export type WholeRecord = DeferralRecord & { readonly body: string };

/** Columns of a {@link DeferralRecord}. */
export const deferralColumns = `seq, key, journal_id, event_id, partition_key, replay_id, replay_handlers, traceparent,
  received_at, octet_length(body) as size, case when octet_length(body) <= ${shortBodyBytes} then body end as body,
    progress, give_up,
  resume, replay_of`;

/** The first event of each of these keys, by key. */
export async function firstRecords(pool: Pool, keys: readonly string[]): Promise<Map<string, DeferralRecord>> {
  const { rows } = await pool.query<DeferralRecord>({
    name: 'first-deferrals',
    text: `select distinct on (key) ${deferralColumns} from deferrals where key = any($1) order by key, seq`,
    values: [keys],
  });
  return new Map(rows.map((record) => [record.key, record]));
}

/** The body of an event that waits; undefined when it waits no more. */
export async function bodyOf(pool: Pool, { key, seq }: DeferralRecord): Promise<string | undefined> {
  const { rows } = await pool.query<{ body: string }>({
    name: 'deferred-body',
    text: 'select body from deferrals where key = $1 and seq = $2',
    values: [key, seq],
  });
  return rows[0]?.body;
}

/**
 * The waiting event, ready to resume.
 *
 * @param revision Of the catalog that it uses.
 */
export function runOf(record: WholeRecord, revision: number): Run {
  const headers = { [partitionKeyHeader]: record.partition_key, traceparent: record.traceparent };
  return {
    journalId: record.journal_id,
    event: decodeBillingEvent(Buffer.from(record.body), { messageId: record.event_id, headers }),
    receivedAt: record.received_at,
    revision,
    replay: replayOf(record),
    resumed: record.resume !== null,
    testId: null,
    attempts: [],
  };
}

function replayOf({ replay_id: id, replay_handlers: handlerIds, replay_of: of }: WholeRecord): Replay | null {
  return id === null ? null : { id, handlerIds, of: of ?? undefined };
}
