import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { heartbeatLifeSeconds } from '#contracts';
import { ExecutorEntity } from '#orm';

/** The executors that run at the moment. */
@Injectable()
export class RunningExecutors {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  async list(): Promise<ExecutorEntity[]> {
    return (
      this.#dataSource.manager
        .createQueryBuilder(ExecutorEntity, 'executor')
        // By the database's clock: ours and the executors' may differ.
        .where('executor.heartbeatAt > now() - make_interval(secs => :life)', { life: heartbeatLifeSeconds })
        .orderBy('executor.startedAt')
        .addOrderBy('executor.id')
        .getMany()
    );
  }
}
