import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EventStatus } from '#contracts';

/** One billing event in the journal. Written by the executors. */
@Entity('events')
export class EventEntity {
  /** The journal's own, a UUIDv7 of when the event was received: newest first is by this. */
  @PrimaryColumn('uuid')
  id!: string;

  /** The event's id as billing gave it. */
  @Column('text', { name: 'event_id' })
  eventId!: string;

  @Column('text')
  type!: string;

  /** As JSON, since an object id is a number or a string: `12` or `"12"`. */
  @Column('text', { name: 'object_id' })
  objectId!: string;

  @Column('text', { name: 'partition_key' })
  partitionKey!: string;

  @Column('text')
  status!: EventStatus;

  @Column('timestamptz', { name: 'occurred_at' })
  occurredAt!: Date;

  @Column('timestamptz', { name: 'received_at' })
  receivedAt!: Date;

  /** Null while the event waits. */
  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;

  /** True when one of its executions has failed; for an event that waits, so far. */
  @Column('boolean')
  failed!: boolean;

  /** The replay that it was sent again by. */
  @Column('uuid', { name: 'replay_id', nullable: true })
  replayId!: string | null;

  /** True when it was made up to try a handler. */
  @Column('boolean')
  test!: boolean;

  /** Revision of the catalog whose plan it ran. */
  @Column('integer')
  revision!: number;

  /** Ids of the handlers of the plan that were passed over; attempts say why, of those that no earlier failure stopped. */
  @Column('uuid', { array: true })
  skipped!: string[];

  /** W3C trace context in which it was handled, or of its publisher; null when there was no trace. */
  @Column('text', { nullable: true })
  traceparent!: string | null;

  /** The JSON that handlers got, character for character. Text, because jsonb would change numbers and refuse `\u0000`. */
  @Column('text')
  body!: string;
}
