/** Before the name of an attribute, in the headers of a CloudEvent by AMQP. */
export const cloudEventsPrefix = 'cloudEvents:';
/** The same, for clients whose header names may have no colon. */
export const cloudEventsJmsPrefix = 'cloudEvents_';
/** The content type of a CloudEvent whose attributes and data are one JSON document. */
export const cloudEventsJsonType = 'application/cloudevents+json';
/** The member of an event in the native format that has those attributes of a CloudEvent for which the format has no place. */
export const carriedMember = 'cloudevent_attributes';
