import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '../access/caller.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { UuidPipe } from '../http/id.pipe.ts';
import { OperationPage, OperationQuery, OperationView } from './dto/operation.dto.ts';
import { OperationSearch } from './operation-search.ts';
import { Operations } from './operations.service.ts';

@ApiTags('operations')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/operations')
export class OperationsController {
  readonly #operations: Operations;
  readonly #search: OperationSearch;

  constructor(operations: Operations, search: OperationSearch) {
    this.#operations = operations;
    this.#search = search;
  }

  @Get()
  @ApiOperation({ summary: 'Replays, resumes, retries and skips, the newest first' })
  @ApiOkResponse({ type: OperationPage })
  async listOperations(@Query() query: OperationQuery): Promise<OperationPage> {
    return this.#search.find(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'An operation, with its progress' })
  @ApiOkResponse({ type: OperationView })
  @ApiProblems(404)
  async getOperation(@Param('id', UuidPipe) id: string): Promise<OperationView> {
    return this.#search.get(id);
  }

  @Delete(':id')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Cancel the part of an operation that has not begun',
    description: 'Calls in flight continue. An operation that has ended stays unchanged.',
  })
  @ApiAcceptedResponse({ type: OperationView })
  @ApiProblems(404)
  async cancelOperation(@Param('id', UuidPipe) id: string, @CurrentCaller() caller: Caller): Promise<OperationView> {
    await this.#operations.cancel(id, caller);
    return this.#search.get(id);
  }
}
