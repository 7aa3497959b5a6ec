export type { AnyEventType, EventData, EventDataByType, EventTypeId } from './events/event-data.ts';
export type { EventToPublish } from './publisher/event-message.ts';
export { EventPublisher, type EventPublisherOptions } from './publisher/event-publisher.ts';
export { PublishError, type PublishErrorCode } from './publisher/publish-error.ts';
