import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type {
  EventFormat,
  FailurePolicy,
  Handler,
  HandlerStatus,
  Hold,
  HoldWindow,
  OutcomeRule,
  RetryPolicy,
  SigningSecret,
  Task,
} from '#contracts';

/** A handler as the registry keeps it. Written by the registry. */
@Entity('handlers')
export class HandlerEntity implements Handler {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  description!: string;

  @Column('text')
  event!: string;

  @Column('jsonb')
  task!: Task;

  /** By slot, each sealed; see `#secrets`. */
  @Column('jsonb')
  secrets!: Record<string, string>;

  /** Their texts are among the secrets. */
  @Column('jsonb', { name: 'signing_secrets' })
  signingSecrets!: SigningSecret[];

  @Column('text')
  status!: HandlerStatus;

  @Column('integer')
  priority!: number;

  @Column('text', { name: 'on_failure' })
  onFailure!: FailurePolicy;

  @Column('integer', { name: 'timeout_ms' })
  timeoutMs!: number;

  @Column('jsonb')
  retry!: RetryPolicy;

  @Column('integer', { name: 'max_concurrency' })
  maxConcurrency!: number;

  @Column('text', { nullable: true })
  condition!: string | null;

  @Column('text', { nullable: true })
  lasting!: string | null;

  @Column('text')
  format!: EventFormat;

  @Column('jsonb')
  outcomes!: OutcomeRule[];

  @Column('jsonb')
  keep!: Record<string, string>;

  @Column('jsonb', { nullable: true })
  hold!: Hold | null;

  @Column('jsonb')
  windows!: HoldWindow[];

  @Column('double precision', { name: 'release_per_second' })
  releasePerSecond!: number;

  @Column('integer')
  version!: number;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
