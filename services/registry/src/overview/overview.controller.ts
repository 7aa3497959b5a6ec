import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems.ts';
import { OverviewQuery, OverviewView } from './dto/overview.dto.ts';
import { Overview } from './overview.service.ts';

@ApiTags('overview')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/overview')
export class OverviewController {
  readonly #overview: Overview;

  constructor(overview: Overview) {
    this.#overview = overview;
  }

  @Get()
  @ApiOperation({ summary: 'Figures of the last hour or day, and problems that need attention' })
  @ApiOkResponse({ type: OverviewView })
  async getOverview(@Query() { window }: OverviewQuery): Promise<OverviewView> {
    return this.#overview.get(window);
  }
}
