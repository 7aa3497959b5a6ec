import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems.ts';
import { IdentifierPipe } from '../http/id.pipe.ts';
import { EventDetailsView, EventPage, EventQuery } from './dto/event.dto.ts';
import { EventDetails } from './event-details.ts';
import { EventSearch } from './event-search.ts';

@ApiTags('journal')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/events')
export class EventJournalController {
  readonly #search: EventSearch;
  readonly #details: EventDetails;

  constructor(search: EventSearch, details: EventDetails) {
    this.#search = search;
    this.#details = details;
  }

  @Get()
  @ApiOperation({ summary: 'Events, the newest first' })
  @ApiOkResponse({ type: EventPage })
  async listEvents(@Query() query: EventQuery): Promise<EventPage> {
    return this.#search.find(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'An event, its data, and its executions with all attempts' })
  @ApiOkResponse({ type: EventDetailsView })
  @ApiProblems(404)
  async getEvent(@Param('id', IdentifierPipe) id: string): Promise<EventDetailsView> {
    return this.#details.get(id);
  }
}
