import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems.ts';
import { AuditSearch } from './audit-search.ts';
import { AuditPage, AuditQuery } from './dto/audit.dto.ts';

@ApiTags('access')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/audit')
export class AuditController {
  readonly #search: AuditSearch;

  constructor(search: AuditSearch) {
    this.#search = search;
  }

  @Get()
  @ApiOperation({ summary: 'The audit log, the newest first' })
  @ApiOkResponse({ type: AuditPage })
  async listAudit(@Query() query: AuditQuery): Promise<AuditPage> {
    return this.#search.find(query);
  }
}
