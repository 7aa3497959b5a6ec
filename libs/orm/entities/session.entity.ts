import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A user who is signed in to the console; the cookie's value is not stored. Written by the registry. */
@Entity('sessions')
export class SessionEntity {
  @PrimaryColumn('uuid')
  id!: string;

  /** SHA-256 of the cookie's value. */
  @Column('bytea')
  hash!: Buffer;

  /** The key that it was signed in with; the session ends with it. */
  @Column('uuid', { name: 'key_id' })
  keyId!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** About when it was last used: not every use is written down. */
  @Column('timestamptz', { name: 'used_at' })
  usedAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
