import { DomainError } from '../domain-error.ts';

export class NothingToResume extends DomainError {
  override readonly name = 'NothingToResume';

  constructor(eventId: string) {
    super(
      'conflict',
      'nothing_to_resume',
      `event ${JSON.stringify(eventId)} has no open failure, and no handler that was skipped because of one`,
    );
  }
}

export class EventWaiting extends DomainError {
  override readonly name = 'EventWaiting';

  constructor(eventId: string) {
    super(
      'conflict',
      'event_waiting',
      `event ${JSON.stringify(eventId)} still waits in the order of its key; it continues by itself`,
    );
  }
}
