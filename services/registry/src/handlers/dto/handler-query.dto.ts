import { ApiProperty } from '@nestjs/swagger';
import { eventTypes, handlerStatuses, taskTypes, type HandlerStatus, type TaskType } from '#contracts';
import { ListParameter, NumberParameter, Parameter } from '../../http/query-fields.ts';
import { oneOf, text } from '../../http/rules.ts';
import { sortKeys } from '../handler-sort.ts';
import { HandlerView } from './handler.dto.ts';

const firstPage = 1;
const defaultLimit = 50;

/** The parameters of `GET /handlers`. */
export class HandlerQuery {
  @Parameter(oneOf(eventTypes.map(({ id }) => id)), 'Id of an event type')
  event?: string;

  @Parameter(oneOf(taskTypes), 'Type of the task')
  type?: TaskType;

  @ListParameter(oneOf(handlerStatuses), 'Without it: enabled and disabled, not archived')
  status?: HandlerStatus[];

  @Parameter(text({ max: 255 }), 'Part of the name, the description, the URL or the path, whatever the case')
  q?: string;

  @ListParameter(oneOf(sortKeys), 'Order, the first key first; a - before a key turns it round')
  sort = ['priority', 'name'];

  @NumberParameter({ min: 1, max: 1_000_000 }, firstPage, 'From 1')
  page = firstPage;

  @NumberParameter({ min: 1, max: 500 }, defaultLimit, 'How many items at most')
  limit = defaultLimit;
}

export class HandlerPage {
  @ApiProperty({ type: [HandlerView] })
  items!: HandlerView[];

  @ApiProperty({ type: 'integer', description: 'How many there are on all pages' })
  total!: number;

  @ApiProperty({ type: 'integer' })
  page!: number;

  @ApiProperty({ type: 'integer' })
  limit!: number;
}
