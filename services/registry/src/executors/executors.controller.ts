import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Catalog } from '../catalog/catalog.service.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { ExecutorList, executorView } from './dto/executor.dto.ts';
import { partitionOwners } from './partition-owners.ts';
import { RunningExecutors } from './running-executors.ts';

@ApiTags('executors')
@ApiProblems(401, 403, 429, 503)
@Controller('api/v1/executors')
export class ExecutorsController {
  readonly #executors: RunningExecutors;
  readonly #catalog: Catalog;

  constructor(executors: RunningExecutors, catalog: Catalog) {
    this.#executors = executors;
    this.#catalog = catalog;
  }

  @Get()
  @ApiOperation({ summary: 'Running executors, with their revision and partitions' })
  @ApiOkResponse({ type: ExecutorList })
  async listExecutors(): Promise<ExecutorList> {
    // The revision first: an executor may be ahead of what was read before it, never behind for that reason.
    const { revision } = await this.#catalog.current();
    const running = await this.#executors.list();
    const owned = partitionOwners(running.map(({ id, partitions }) => ({ executorId: id, partitions })));
    return { items: running.map((executor) => executorView(executor, revision, owned.get(executor.id)!)) };
  }
}
