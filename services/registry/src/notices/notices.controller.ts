import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems.ts';
import { NoticePage, NoticeQuery } from './dto/notice.dto.ts';
import { NoticeSearch } from './notice-search.ts';

@ApiTags('notices')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/notices')
export class NoticesController {
  readonly #search: NoticeSearch;

  constructor(search: NoticeSearch) {
    this.#search = search;
  }

  @Get()
  @ApiOperation({ summary: 'Troubles that go on, and the notices, the newest first' })
  @ApiOkResponse({ type: NoticePage })
  async listNotices(@Query() query: NoticeQuery): Promise<NoticePage> {
    return this.#search.find(query);
  }
}
