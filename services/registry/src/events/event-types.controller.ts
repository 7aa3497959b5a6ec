import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { eventTypes } from '#contracts';
import { ApiProblems } from '../http/api-problems.ts';
import { EventTypeList, eventTypeView } from './dto/event-type.dto.ts';

@ApiTags('events')
@ApiProblems(401, 403, 429)
@Controller('api/v1/event-types')
export class EventTypesController {
  @Get()
  @ApiOperation({ summary: 'Event types, with schema and sample' })
  @ApiOkResponse({ type: EventTypeList })
  listEventTypes(): EventTypeList {
    return { items: eventTypes.map(eventTypeView) };
  }
}
