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
