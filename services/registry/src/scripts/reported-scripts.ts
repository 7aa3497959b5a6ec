import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { availableScripts, heartbeatLifeSeconds, type ScriptAvailability, type ScriptReport } from '#contracts';
import { ExecutorEntity } from '#orm';

type Reporting = ExecutorEntity & { scripts: ScriptReport };

/** The scripts that the running executors have told of. */
@Injectable()
export class ReportedScripts {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  async read(): Promise<ScriptAvailability> {
    const running = await this.#dataSource.manager
      .createQueryBuilder(ExecutorEntity, 'executor')
      .select(['executor.id', 'executor.host', 'executor.scripts'])
      // By the database's clock: ours and the executors' may differ.
      .where('executor.heartbeatAt > now() - make_interval(secs => :life)', { life: heartbeatLifeSeconds })
      .andWhere('executor.scripts is not null')
      .orderBy('executor.startedAt')
      .addOrderBy('executor.id')
      .getMany();
    return availableScripts(running as Reporting[]);
  }
}
