import { DomainError } from '../domain-error.ts';

export class EventNotFound extends DomainError {
  override readonly name = 'EventNotFound';

  constructor(id: string) {
    super('not_found', 'event_not_found', `event ${JSON.stringify(id)} not found`);
  }
}

export class RejectedMessageNotFound extends DomainError {
  override readonly name = 'RejectedMessageNotFound';

  constructor(id: string) {
    super('not_found', 'rejected_message_not_found', `rejected message ${id} not found`);
  }
}

/** A body in which fields cannot be hidden, and which is therefore not shown. */
export class BodyTooLongToRedact extends DomainError {
  override readonly name = 'BodyTooLongToRedact';

  constructor(size: number, most: number) {
    const reason = `the body has ${size} bytes; fields are redacted in bodies of at most ${most} bytes`;
    super('forbidden', 'body_too_long_to_redact', reason);
  }
}
