import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeferralFilter, FailureFilter, OperationKind, ReplayFilter } from '#contracts';

/**
 * One action on many events or keys, or on one. The registry writes it; executors write its progress to
 * `operation_runs`.
 */
@Entity('operations')
export class OperationEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: OperationKind;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** Name of the API key or person that asked for it. */
  @Column('text', { name: 'created_by' })
  createdBy!: string;

  /** The one event that it is about; null where a list or the filter decides. */
  @Column('text', { name: 'event_id', nullable: true })
  eventId!: string | null;

  /** The failures that it is about; null where the event or the filter decides. */
  @Column('uuid', { name: 'execution_ids', array: true, nullable: true })
  executionIds!: string[] | null;

  @Column('jsonb')
  filter!: ReplayFilter | FailureFilter | DeferralFilter;

  /** Of a replay: the handlers that are to run; null: every handler of the event's plan. */
  @Column('uuid', { name: 'handler_ids', array: true, nullable: true })
  handlerIds!: string[] | null;

  /** Of a replay: the edited event, as JSON. */
  @Column('text', { name: 'edited_event', nullable: true })
  editedEvent!: string | null;

  /** The id that the edited event is recorded with. */
  @Column('text', { name: 'edited_event_id', nullable: true })
  editedEventId!: string | null;

  /** This number goes first, and the rest follows if all of them succeed. */
  @Column('integer', { nullable: true })
  canary!: number | null;

  /** How many are begun in a second at most. */
  @Column('double precision', { name: 'per_second', nullable: true })
  perSecond!: number | null;

  @Column('text', { nullable: true })
  note!: string | null;

  @Column('timestamptz', { name: 'cancelled_at', nullable: true })
  cancelledAt!: Date | null;
}
