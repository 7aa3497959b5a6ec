import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsUUID } from 'class-validator';
import { eventTypes } from '#contracts';
import { Integer } from '../../http/formats.ts';
import { HandlerView } from './handler.dto.ts';

export class HandlerOrderInput {
  /** Id of an event type */
  @IsIn(eventTypes.map(({ id }) => id))
  event!: string;

  /** Handlers of that event, in the order to run; handlers that are left out follow in their current order */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @IsUUID('loose', { each: true })
  ids!: string[];
}

export class HandlerOrderView {
  /** Revision of the catalog that has this order */
  @Integer()
  revision!: number;

  items!: HandlerView[];
}
