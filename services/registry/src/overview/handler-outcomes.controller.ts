import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems.ts';
import { HandlerOutcomesList, OutcomesQuery } from './dto/outcomes.dto.ts';
import { HandlerOutcomes } from './handler-outcomes.service.ts';

@ApiTags('handlers')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/handlers/outcomes')
export class HandlerOutcomesController {
  readonly #outcomes: HandlerOutcomes;

  constructor(outcomes: HandlerOutcomes) {
    this.#outcomes = outcomes;
  }

  @Get()
  @ApiOperation({ summary: 'Results of each handler in the last day, by the hour, with the latest outcome' })
  @ApiOkResponse({ type: HandlerOutcomesList })
  async listHandlerOutcomes(@Query() { ids }: OutcomesQuery): Promise<HandlerOutcomesList> {
    return this.#outcomes.get(ids);
  }
}
