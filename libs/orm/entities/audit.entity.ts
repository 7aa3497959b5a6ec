import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An action of a caller. The registry writes it, and the table refuses changes. */
@Entity('audit')
export class AuditEntity {
  /** UUIDv7 of when it was done: newest first is by this. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('timestamptz')
  at!: Date;

  /** How they came: with an API key, a session, or a token of the identity provider. */
  @Column('text', { name: 'actor_kind' })
  actorKind!: string;

  @Column('text', { name: 'actor_id' })
  actorId!: string;

  @Column('text', { name: 'actor_name' })
  actorName!: string;

  /** The address that the request came from. */
  @Column('text')
  address!: string;

  @Column('text')
  action!: string;

  @Column('text', { name: 'subject_type' })
  subjectType!: string;

  @Column('text', { name: 'subject_id' })
  subjectId!: string;

  @Column('text', { name: 'subject_name', nullable: true })
  subjectName!: string | null;

  /** What it was, secrets masked; null when there was nothing before. */
  @Column('jsonb', { nullable: true })
  before!: object | null;

  /** What it is now, secrets masked; null when there is nothing after. */
  @Column('jsonb', { nullable: true })
  after!: object | null;
}
