import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FieldError } from '#contracts';

/** A message that was no billing event, as it came. Written by the executors. */
@Entity('rejected_messages')
export class RejectedMessageEntity {
  /** UUIDv7 of when it was rejected. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('timestamptz', { name: 'rejected_at' })
  rejectedAt!: Date;

  @Column('text')
  reason!: string;

  @Column('text')
  message!: string;

  @Column('jsonb')
  errors!: FieldError[];

  @Column('text')
  exchange!: string;

  @Column('text', { name: 'routing_key' })
  routingKey!: string;

  /** AMQP properties and headers as JSON text. */
  @Column('text')
  properties!: string;

  @Column('integer')
  size!: number;

  @Column('bytea')
  body!: Buffer;
}
