import { DomainError } from '../domain-error.ts';

export class NothingDeferred extends DomainError {
  override readonly name = 'NothingDeferred';

  constructor(key: string) {
    super('not_found', 'nothing_deferred', `the key ${JSON.stringify(key)} does not wait`);
  }
}

export class DeferralRunning extends DomainError {
  override readonly name = 'DeferralRunning';

  constructor(key: string) {
    super('conflict', 'deferral_running', `a call for the key ${JSON.stringify(key)} is in flight; wait until it ends`);
  }
}
