import { DomainError } from '../domain-error.ts';

export class EventNotReplayable extends DomainError {
  override readonly name = 'EventNotReplayable';

  constructor(id: string) {
    super(
      'not_found',
      'event_not_found',
      `the journal has no event ${JSON.stringify(id)} that came from billing and was run; tests, duplicates and replays are not replayed`,
    );
  }
}

export class ReplayNotFound extends DomainError {
  override readonly name = 'ReplayNotFound';

  constructor(id: string) {
    super('not_found', 'replay_not_found', `there is no replay ${id}`);
  }
}
