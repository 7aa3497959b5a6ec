import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ExecutionStatus, OutcomeKind, TaskType } from '#contracts';

/** One call of a handler. Written by the executors, never changed. */
@Entity('attempts')
export class AttemptEntity {
  /** UUIDv7 of when the call began. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'execution_id' })
  executionId!: string;

  @Column('text', { name: 'event_id' })
  eventId!: string;

  @Column('text', { name: 'event_type' })
  eventType!: string;

  /** As JSON, see the event's. */
  @Column('text', { name: 'object_id' })
  objectId!: string;

  @Column('uuid', { name: 'handler_id' })
  handlerId!: string;

  @Column('text', { name: 'task_type' })
  taskType!: TaskType;

  /** Place of the handler in the event's plan, from 1. */
  @Column('integer')
  position!: number;

  /** Number of the attempt, from 1. One that was not counted shares it with the next. */
  @Column('integer')
  number!: number;

  @Column('text')
  outcome!: OutcomeKind;

  /** Stable code of what went wrong; null on success. */
  @Column('text', { nullable: true })
  reason!: string | null;

  /** What went wrong, for people; null on success. */
  @Column('text', { nullable: true })
  message!: string | null;

  /** Where the execution stands after this attempt. */
  @Column('text')
  status!: ExecutionStatus;

  /** False when the target was not called, or we took the call back ourselves. */
  @Column('boolean')
  counted!: boolean;

  /** Not before then the next attempt is made; null when there is none, or when it is made at once. */
  @Column('timestamptz', { name: 'next_attempt_at', nullable: true })
  nextAttemptAt!: Date | null;

  /** The other side's answer, an AttemptResponse as JSON. */
  @Column('text')
  response!: string;

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  @Column('double precision', { name: 'duration_ms' })
  durationMs!: number;

  @Column('integer')
  revision!: number;

  @Column('uuid', { name: 'executor_id' })
  executorId!: string;

  /** The replay that it belongs to. */
  @Column('uuid', { name: 'replay_id', nullable: true })
  replayId!: string | null;

  /** True when an administrator tried the handler. */
  @Column('boolean')
  test!: boolean;
}
