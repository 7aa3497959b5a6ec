import { ApiProperty } from '@nestjs/swagger';
import type { EventType, JsonObject } from '#contracts';
import { sampleEvent } from '../sample-event.ts';

export class EventTypeView {
  @ApiProperty({ example: 'clients.create' })
  id!: string;

  @ApiProperty({ description: 'The heading it stands under', example: 'Clients' })
  group!: string;

  @ApiProperty({ example: 'create' })
  label!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: "JSON Schema of the event's data" })
  schema!: JsonObject;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'A whole event, ready to be posted' })
  sample!: JsonObject;
}

export class EventTypeList {
  @ApiProperty({ type: [EventTypeView] })
  items!: EventTypeView[];
}

export function eventTypeView(type: EventType): EventTypeView {
  return { id: type.id, group: type.group, label: type.label, schema: type.schema, sample: sampleEvent(type) };
}
