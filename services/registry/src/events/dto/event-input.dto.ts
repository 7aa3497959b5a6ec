import { ApiProperty } from '@nestjs/swagger';
import { eventTypes, type JsonObject } from '#contracts';

/** Documentation only: events are decoded from their bytes, by the rules that hold for those from RabbitMQ. */
export class EventHeadInput {
  @ApiProperty({ required: false, maxLength: 255, description: 'Unique per occurrence; made when it is missing' })
  id?: string;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:15:00+00:00' })
  dt!: string;

  @ApiProperty({ type: 'string', enum: eventTypes.map(({ id }) => id), description: 'Id of the event type' })
  events_id!: string;

  @ApiProperty({ oneOf: [{ type: 'integer' }, { type: 'string', minLength: 1, maxLength: 255 }], example: 12 })
  object_id!: number | string;
}

export class EventInput {
  @ApiProperty({ type: EventHeadInput })
  event!: EventHeadInput;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { id: 12, name: 'My changed name' } })
  data!: JsonObject;

  @ApiProperty({ type: 'object', additionalProperties: true, selfRequired: false, example: { name: 'My name' } })
  previous?: JsonObject;
}

export class AcceptedEvent {
  @ApiProperty({ description: 'Id of the event' })
  id!: string;
}
