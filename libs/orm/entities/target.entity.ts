import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type { Hold, HoldWindow, HttpTls, TargetAuth, TargetFields, TargetRate } from '#contracts';

/** A target as the registry keeps it. Written by the registry. */
@Entity('targets')
export class TargetEntity implements Omit<TargetFields, 'secretHeaders' | 'tls'> {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  description!: string;

  @Column('text', { name: 'base_url' })
  baseUrl!: string;

  @Column('jsonb')
  headers!: Record<string, string>;

  @Column('jsonb', { name: 'secret_headers' })
  secretHeaders!: string[];

  @Column('jsonb', { nullable: true })
  tls!: HttpTls | null;

  @Column('jsonb', { nullable: true })
  auth!: TargetAuth | null;

  /** By slot, each sealed; see `#secrets`. */
  @Column('jsonb')
  secrets!: Record<string, string>;

  @Column('jsonb', { nullable: true })
  rate!: TargetRate | null;

  @Column('integer', { name: 'max_concurrency', nullable: true })
  maxConcurrency!: number | null;

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

  /** Null: it is there. */
  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt!: Date | null;
}
