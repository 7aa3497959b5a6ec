import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one row that counts the changes of all handlers. Written by the registry. */
@Entity('catalog')
export class CatalogEntity {
  @PrimaryColumn('smallint')
  id!: number;

  @Column('integer')
  revision!: number;

  @Column('timestamptz', { name: 'changed_at' })
  changedAt!: Date;
}
