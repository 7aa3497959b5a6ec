import { Column, Entity, PrimaryColumn } from 'typeorm';

export type ApiKeyRole = 'viewer' | 'operator' | 'admin';

/** A key that opens the REST API; the key itself is not kept. Written by the registry. */
@Entity('api_keys')
export class ApiKeyEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  role!: ApiKeyRole;

  /** SHA-256 of the key. */
  @Column('bytea')
  hash!: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
