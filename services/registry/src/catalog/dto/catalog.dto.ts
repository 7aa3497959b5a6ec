import type { ExecutorEntity } from '#database';
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

  executors!: CatalogExecutorView[];
}

export class RevisionView {
  @Integer()
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
