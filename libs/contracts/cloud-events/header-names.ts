/** Before the name of an attribute, in the headers of a CloudEvent by AMQP. */
export const cloudEventsPrefix = 'cloudEvents:';
/** The same, for clients whose header names may have no colon. */
export const cloudEventsJmsPrefix = 'cloudEvents_';
