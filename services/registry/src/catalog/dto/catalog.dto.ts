import { ApiProperty } from '@nestjs/swagger';
import type { ExecutorEntity } from '#database';

export class CatalogExecutorView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  host!: string;

  @ApiProperty({ type: 'integer', description: 'Revision that this executor runs' })
  revision!: number;

  @ApiProperty({ format: 'date-time', description: 'Since when' })
  revisionAt!: string;

  @ApiProperty({ description: 'True when the newest revision is in force there' })
  inForce!: boolean;
}

export class CatalogView {
  @ApiProperty({ type: 'integer', description: 'Grows by one with every change of a handler' })
  revision!: number;

  @ApiProperty({ format: 'date-time' })
  changedAt!: string;

  @ApiProperty({ type: [CatalogExecutorView] })
  executors!: CatalogExecutorView[];
}

export class RevisionView {
  @ApiProperty({ type: 'integer' })
  revision!: number;
}

export function catalogView(
  { revision, changedAt }: { revision: number; changedAt: Date },
  executors: readonly ExecutorEntity[],
): CatalogView {
  return {
    revision,
    changedAt: changedAt.toISOString(),
    executors: executors.map((executor) => ({
      id: executor.id,
      host: executor.host,
      revision: executor.revision,
      revisionAt: executor.revisionAt.toISOString(),
      inForce: executor.revision >= revision,
    })),
  };
}
