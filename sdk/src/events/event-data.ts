import type { components } from '#contracts/event-data';

/** What the events of each type carry. Open: billing may send more than is described. */
export type EventDataByType = components['schemas'];

/** Id of an event type, `clients.create`. */
export type EventTypeId = keyof EventDataByType;

/** What an event of a type carries; of a type that is not known here, anything. */
export type EventData<T extends string> = T extends EventTypeId ? EventDataByType[T] : Record<string, unknown>;

/** Known ids are offered by an editor; others are taken too, since an installation can have types of its own. */
export type AnyEventType = EventTypeId | (string & {});
