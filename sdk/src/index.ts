export { isEventOf, type DeliveredEvent } from './events/delivered-event.ts';
export type { AnyEventType, EventData, EventDataByType, EventTypeId } from './events/event-data.ts';
export { everyItem } from './rest/every-item.ts';
export type * from './rest/generated/schema.d.ts';
export { ApiProblem, RegistryAway } from './rest/problem.ts';
export {
  answerOf,
  createRegistryClient,
  ifVersion,
  type RegistryClient,
  type RegistryClientOptions,
} from './rest/registry-client.ts';
