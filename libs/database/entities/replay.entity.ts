import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReplayFilter } from '#contracts';

/**
 * Events that are to be handled once more. Written by the registry; how far it is, executors write to `replay_runs`.
 */
@Entity('replays')
export class ReplayEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** The one event that it is about; null where the filter decides. */
  @Column('text', { name: 'event_id', nullable: true })
  eventId!: string | null;

  @Column('jsonb')
  filter!: ReplayFilter;

  /** The handlers that are to run; null: all of the plan. */
  @Column('uuid', { name: 'handler_ids', array: true, nullable: true })
  handlerIds!: string[] | null;

  @Column('timestamptz', { name: 'cancelled_at', nullable: true })
  cancelledAt!: Date | null;
}
