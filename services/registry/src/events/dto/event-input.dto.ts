import { ApiProperty } from '@nestjs/swagger';
import { eventTypes, type JsonObject } from '#contracts';
import { AnyObject, DateTime, OneOf } from '../../http/formats.ts';

/** Documentation only: events are decoded from their bytes, by the rules that hold for those from RabbitMQ. */
export class EventHeadInput {
  /**
   * Unique per occurrence, at most 255 bytes of UTF-8; made when it is missing. An event that is published again has
   * the same id and the same key
   */
  @ApiProperty({ maxLength: 255 })
  id?: string;

  /** @example 2026-03-01T09:15:00+00:00 */
  @DateTime()
  dt!: string;

  /** Id of the event type */
  @OneOf(eventTypes.map(({ id }) => id))
  events_id!: string;

  /** Id of the object; a text has at most 255 bytes of UTF-8 */
  @ApiProperty({ oneOf: [{ type: 'integer' }, { type: 'string', minLength: 1, maxLength: 255 }], example: 12 })
  object_id!: number | string;
}

export class EventInput {
  event!: EventHeadInput;

  @AnyObject({ example: { id: 12, name: 'My changed name' } })
  data!: JsonObject;

  @AnyObject({ example: { name: 'My name' } })
  previous?: JsonObject;
}

export class AcceptedEvent {
  /** Id of the event */
  id!: string;
}
