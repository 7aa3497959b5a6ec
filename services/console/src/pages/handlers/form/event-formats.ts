import type { EventFormat } from '#contracts';

/** What each format is, in words. */
export const eventFormatNames: Readonly<Record<EventFormat, string>> = {
  native: 'Native: as billing publishes it',
  cloudevents: 'CloudEvents 1.0, structured',
};
