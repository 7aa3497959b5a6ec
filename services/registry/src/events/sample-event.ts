import type { EventType, JsonObject } from '#contracts';

/** When all samples happened. */
const sampleTime = '2026-03-01T09:15:00+00:00';

/**
 * A whole event of a type, ready to be posted. Without an id: it would be unique only once, and every later one dropped
 * as a duplicate.
 */
export function sampleEvent(type: EventType): JsonObject {
  return {
    event: { dt: sampleTime, events_id: type.id, object_id: type.sampleObject.id },
    data: type.sample,
  };
}
