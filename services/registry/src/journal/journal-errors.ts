import { DomainError } from '../domain-error.ts';

export class EventNotFound extends DomainError {
  override readonly name = 'EventNotFound';

  constructor(id: string) {
    super('not_found', 'event_not_found', `the journal has no event ${JSON.stringify(id)}`);
  }
}

export class RejectedMessageNotFound extends DomainError {
  override readonly name = 'RejectedMessageNotFound';

  constructor(id: string) {
    super('not_found', 'rejected_message_not_found', `there is no rejected message ${id}`);
  }
}

/** A body in which fields cannot be hidden, and which is therefore not shown. */
export class BodyTooLongToRedact extends DomainError {
  override readonly name = 'BodyTooLongToRedact';

  constructor(size: number, most: number) {
    const reason = `the body is ${size} bytes long, and fields can be hidden in at most ${most}`;
    super('forbidden', 'body_too_long_to_redact', reason);
  }
}
