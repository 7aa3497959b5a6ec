import type { ExecutorEntity } from '#orm';
import { DateTime, Integer, Uuid } from '../../http/formats.ts';

export class CatalogExecutorView {
  @Uuid()
  id!: string;

  host!: string;

  /** Revision that this executor runs */
  @Integer()
  revision!: number;

  /** Since when */
  @DateTime()
  revisionAt!: string;

  /** True if the executor has the newest revision */
  inForce!: boolean;
}

export class CatalogView {
  /** Grows by one with every change of a handler */
  @Integer()
  revision!: number;

  @DateTime()
  changedAt!: string;

  /** Number of partitions, for publishers that choose the partition; null if no executor runs */
  @Integer()
  partitions!: number | null;

  /** Fields of events that `GET /events?lookup=` finds values of */
  searchFields!: string[];

  executors!: CatalogExecutorView[];
}

export class RevisionView {
  @Integer()
  revision!: number;
}

export function catalogView(
  { revision, changedAt }: { revision: number; changedAt: Date },
  searchFields: readonly string[],
  executors: readonly ExecutorEntity[],
): CatalogView {
  return {
    revision,
    changedAt: changedAt.toISOString(),
    partitions: executors.at(-1)?.partitionCount ?? null,
    searchFields: [...searchFields],
    executors: executors.map((executor) => ({
      id: executor.id,
      host: executor.host,
      revision: executor.revision,
      revisionAt: executor.revisionAt.toISOString(),
      inForce: executor.revision >= revision,
    })),
  };
}
