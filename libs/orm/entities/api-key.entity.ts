import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a caller may do, from least to most; each may do what those before it may. */
export const apiRoles = ['viewer', 'operator', 'admin'] as const;
export type ApiRole = (typeof apiRoles)[number];

/** A key that opens the REST API; the key itself is not kept. Written by the registry. */
@Entity('api_keys')
export class ApiKeyEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  role!: ApiRole;

  /** The start of the key, which may be shown; null for a key of another form. */
  @Column('text', { nullable: true })
  prefix!: string | null;

  /** SHA-256 of the key. */
  @Column('bytea')
  hash!: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** From then on the key is invalid; null for never. */
  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  /** About when it was last used: not every use is written down. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
