import { DomainError } from '../domain-error.ts';

export class ReplayNotFound extends DomainError {
  override readonly name = 'ReplayNotFound';

  constructor(id: string) {
    super('not_found', 'replay_not_found', `there is no replay ${id}`);
  }
}
