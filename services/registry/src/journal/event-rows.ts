import type { EventStatus } from '#contracts';
import type { EventView } from './dto/event.dto.ts';
import { readObjectId } from './object-id.ts';

/** Columns of an event without its body. */
export const eventColumns =
  'id, event_id, type, object_id, partition_key, status, occurred_at, received_at, finished_at, revision, replay_id, test';

/** A row of {@link eventColumns}. */
export interface EventRow {
  id: string;
  event_id: string;
  type: string;
  object_id: string;
  partition_key: string;
  status: EventStatus;
  occurred_at: Date;
  received_at: Date;
  /** Null while the event waits. */
  finished_at: Date | null;
  revision: number;
  replay_id: string | null;
  test: boolean;
}

export function eventView(row: EventRow): Pick<EventView, keyof EventView> {
  return {
    id: row.event_id,
    journalId: row.id,
    type: row.type,
    objectId: readObjectId(row.object_id),
    partitionKey: row.partition_key,
    status: row.status,
    occurredAt: row.occurred_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    revision: row.revision,
    replayId: row.replay_id,
    test: row.test,
  };
}
