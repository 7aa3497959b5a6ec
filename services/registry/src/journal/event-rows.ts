import { columnList, ofEvents, type EventRecord } from '#journal';
import type { EventView } from './dto/event.dto.ts';
import { readObjectId } from './object-id.ts';

const shown = ofEvents(
  'id',
  'event_id',
  'type',
  'object_id',
  'partition_key',
  'status',
  'failed',
  'occurred_at',
  'received_at',
  'finished_at',
  'revision',
  'replay_id',
  'replay_of',
  'test',
);

/** Columns of an event without its body. */
export const eventColumns = columnList(shown);

/** A row of {@link eventColumns}. */
export type EventRow = Pick<EventRecord, (typeof shown)[number]>;

export function eventView(row: EventRow): Pick<EventView, keyof EventView> {
  return {
    id: row.event_id,
    journalId: row.id,
    type: row.type,
    objectId: readObjectId(row.object_id),
    partitionKey: row.partition_key,
    status: row.status,
    hasFailures: row.failed,
    occurredAt: row.occurred_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    revision: row.revision,
    replayId: row.replay_id,
    replayOf: row.replay_of,
    test: row.test,
  };
}
