import type { CloudEventAttributes, DeliveredEvent } from './delivered-event.ts';

/** A CloudEvent 1.0 in JSON, as Provisor sends it. */
interface CloudEvent extends CloudEventAttributes {
  readonly specversion: string;
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly subject: string;
  readonly previous?: string;
  readonly data: Record<string, unknown>;
}

/**
 * The event in what was delivered: as it is, or out of the CloudEvent that a handler with `format: "cloudevents"` gets.
 */
export function eventIn<T>(delivered: T): T | DeliveredEvent {
  return isCloudEvent(delivered) ? eventOf(delivered) : delivered;
}

function isCloudEvent(delivered: unknown): delivered is CloudEvent {
  const { specversion, type, data } = (delivered ?? {}) as Partial<CloudEvent>;
  return specversion === '1.0' && typeof type === 'string' && typeof data === 'object';
}

function eventOf(cloudEvent: CloudEvent): DeliveredEvent {
  const { id, type, time, subject, previous, data, ...attributes } = cloudEvent;
  return {
    event: { id, dt: time, events_id: type, object_id: subject },
    data,
    ...(previous !== undefined && { previous: JSON.parse(previous) as Record<string, unknown> }),
    cloudevent_attributes: attributes,
  };
}
