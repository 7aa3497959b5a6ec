import type { EventType, JsonObject } from '#contracts';
import { AnyObject } from '../../http/formats.ts';
import { sampleEvent } from '../sample-event.ts';

export class EventTypeView {
  /** @example clients.create */
  id!: string;

  /**
   * The heading it stands under
   *
   * @example Clients
   */
  group!: string;

  /** @example create */
  label!: string;

  /** JSON Schema of the event's data */
  @AnyObject()
  schema!: JsonObject;

  /** A whole event, ready to be posted */
  @AnyObject()
  sample!: JsonObject;
}

export class EventTypeList {
  items!: EventTypeView[];
}

export function eventTypeView(type: EventType): EventTypeView {
  return { id: type.id, group: type.group, label: type.label, schema: type.schema, sample: sampleEvent(type) };
}
