import { DomainError } from '../domain-error.ts';

export class NothingDeferred extends DomainError {
  override readonly name = 'NothingDeferred';

  constructor(key: string) {
    super('not_found', 'nothing_deferred', `nothing waits under the key ${JSON.stringify(key)}`);
  }
}

export class DeferralRunning extends DomainError {
  override readonly name = 'DeferralRunning';

  constructor(key: string) {
    super(
      'conflict',
      'deferral_running',
      `a call for the key ${JSON.stringify(key)} is under way, which can neither be hurried nor given up; see how it ends`,
    );
  }
}
