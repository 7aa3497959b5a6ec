import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CircuitReport, ScriptReport } from '#contracts';

/** A running executor, by its last heartbeat. Each executor writes its own row. */
@Entity('executors')
export class ExecutorEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  host!: string;

  @Column('integer')
  pid!: number;

  @Column('text')
  version!: string;

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  @Column('timestamptz', { name: 'heartbeat_at' })
  heartbeatAt!: Date;

  /** Revision of the current catalog of the executor. */
  @Column('integer')
  revision!: number;

  /** Since when the executor has that revision. */
  @Column('timestamptz', { name: 'revision_at' })
  revisionAt!: Date;

  /** For each partition that sent it something, when it last did. */
  @Column('jsonb')
  partitions!: Record<string, string>;

  /** How many partitions there are by its settings. */
  @Column('integer', { name: 'partition_count', nullable: true })
  partitionCount!: number | null;

  /** Events that it is working on. */
  @Column('integer', { name: 'in_flight' })
  inFlight!: number;

  /** The circuits of its handlers that have ever opened. */
  @Column('jsonb')
  circuits!: CircuitReport[];

  /** How far its machine's clock is ahead of the database's, milliseconds; negative: behind. */
  @Column('double precision', { name: 'clock_skew_ms', default: 0 })
  clockSkewMs!: number;

  /** It stops: it takes no more events, and finishes those it has. */
  @Column('boolean', { default: false })
  draining!: boolean;

  /** Whether it takes every event from the intake, with no detour by the partitions. */
  @Column('boolean', { default: false })
  direct!: boolean;

  /** The scripts that it has; null until it has listed them. Large, so it is read where it is asked for by name. */
  @Column('jsonb', { nullable: true, select: false })
  scripts!: ScriptReport | null;
}
