import type { AnyEventType, EventData } from './event-data.ts';

/** Attributes of a CloudEvent by name: where it comes from, its schema, extensions. */
export interface CloudEventAttributes {
  readonly source?: string;
  readonly [name: string]: unknown;
}

/** An event as a handler gets it: over HTTP, and on the stdin of a script. */
export interface DeliveredEvent<T extends string = AnyEventType> {
  readonly event: {
    /** Unique per occurrence. */
    readonly id: string;
    /** When it happened, RFC 3339. */
    readonly dt: string;
    readonly events_id: T;
    readonly object_id: number | string;
  };
  readonly data: EventData<T>;
  /** What it was before, as far as billing has said so. */
  readonly previous?: Record<string, unknown> | null;
  /** What else it says as a CloudEvent, where it is delivered as one. */
  readonly cloudevent_attributes?: CloudEventAttributes;
}

/** Whether an event is of a type, so that what it carries has the type's fields. */
export function isEventOf<T extends AnyEventType>(type: T, event: DeliveredEvent): event is DeliveredEvent<T> {
  return event.event.events_id === type;
}
