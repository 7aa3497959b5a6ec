import { ApiProperty } from '@nestjs/swagger';
import { eventTypes } from '#contracts';
import { Field } from '../../http/fields.ts';
import { listOf, oneOf, uuid } from '../../http/rules.ts';
import { HandlerView } from './handler.dto.ts';

export class HandlerOrderInput {
  @Field(oneOf(eventTypes.map(({ id }) => id)), { description: 'Id of an event type' })
  event!: string;

  @Field(listOf(uuid, { min: 1, max: 10_000 }), {
    description: 'Handlers of that event, the first to run first; those that are left out keep their order behind them',
  })
  ids!: string[];
}

export class HandlerOrderView {
  @ApiProperty({ type: 'integer', description: 'Revision of the catalog that has this order' })
  revision!: number;

  @ApiProperty({ type: [HandlerView] })
  items!: HandlerView[];
}
