/**
 * - `timeout`: RabbitMQ did not confirm the event in time; it may still have arrived
 * - `unroutable`: no queue receives it: Provisor has never been started on this broker
 * - `behind_failed`: an event of its key, published before it, has failed; this one was not sent, so that none
 *   overtakes
 * - `closed`: the publisher was closed first
 * - `bad_event`: the input is not a valid event
 */
export type PublishErrorCode = 'timeout' | 'unroutable' | 'behind_failed' | 'closed' | 'bad_event';

/**
 * An event that was not published, or may not have been. Publish it again with the same id and key: a repeat does not
 * run.
 */
export class PublishError extends Error {
  override readonly name = 'PublishError';
  readonly code: PublishErrorCode;
  readonly eventId: string;

  constructor(code: PublishErrorCode, eventId: string, message: string, options?: ErrorOptions) {
    super(`event ${eventId}: ${message}`, options);
    this.code = code;
    this.eventId = eventId;
  }
}
