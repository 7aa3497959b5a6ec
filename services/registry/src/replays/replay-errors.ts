import { DomainError } from '../domain-error.ts';

export class EventNotReplayable extends DomainError {
  override readonly name = 'EventNotReplayable';

  constructor(id: string) {
    super(
      'not_found',
      'event_not_found',
      `event ${JSON.stringify(id)} not found, or not replayable: tests, duplicates and replays are not replayed`,
    );
  }
}

export class ReplayNotFound extends DomainError {
  override readonly name = 'ReplayNotFound';

  constructor(id: string) {
    super('not_found', 'replay_not_found', `replay ${id} not found`);
  }
}
