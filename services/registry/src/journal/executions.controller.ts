import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems.ts';
import { ExecutionPage, ExecutionQuery } from './dto/execution.dto.ts';
import { ExecutionLog } from './execution-log.ts';

@ApiTags('journal')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/executions')
export class ExecutionsController {
  readonly #log: ExecutionLog;

  constructor(log: ExecutionLog) {
    this.#log = log;
  }

  @Get()
  @ApiOperation({ summary: 'The execution log, the newest first' })
  @ApiOkResponse({ type: ExecutionPage })
  async listExecutions(@Query() query: ExecutionQuery): Promise<ExecutionPage> {
    return this.#log.find(query);
  }
}
