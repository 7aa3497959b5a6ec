import { DomainError } from '../domain-error.ts';

export class TargetNotFound extends DomainError {
  override readonly name = 'TargetNotFound';

  constructor(id: string) {
    super('not_found', 'target_not_found', `target ${id} not found`);
  }
}

/** How many names an error gives at most. */
const namesGiven = 10;

export class TargetInUse extends DomainError {
  override readonly name = 'TargetInUse';

  constructor(targetName: string, handlerNames: readonly string[]) {
    const target = `the target ${JSON.stringify(targetName)}`;
    super('conflict', 'target_in_use', `${target} is used by ${inWords(handlerNames)}`);
  }
}

export class TargetHeld extends DomainError {
  override readonly name = 'TargetHeld';

  constructor(targetName: string) {
    super('conflict', 'target_held', `the target ${JSON.stringify(targetName)} is held, so nothing calls it`);
  }
}

export class NothingWaits extends DomainError {
  override readonly name = 'NothingWaits';

  constructor(targetName: string) {
    const handler = `a handler of the target ${JSON.stringify(targetName)}`;
    super('conflict', 'nothing_waits', `no key waits for ${handler} that can be called`);
  }
}

/** The task of a handler that has no URL to make a target of. */
export class NoUrlToExtract extends DomainError {
  override readonly name = 'NoUrlToExtract';

  constructor(handlerId: string) {
    super('conflict', 'no_url', `the task of handler ${handlerId} has no URL`);
  }
}

/** A secret cannot move, because it cannot be opened. */
export class SecretUnreadable extends DomainError {
  override readonly name = 'SecretUnreadable';

  constructor(handlerId: string, slot: string, options: ErrorOptions) {
    super('conflict', 'secret_unreadable', `failed to decrypt ${slot} of handler ${handlerId}; give it again`, options);
  }
}

/** The names of handlers in a sentence, the first of them where there are many. */
export function inWords(handlerNames: readonly string[]): string {
  const given = handlerNames.slice(0, namesGiven).map((name) => JSON.stringify(name));
  const more = handlerNames.length - given.length;
  const noun = handlerNames.length === 1 ? 'the handler' : 'the handlers';
  return `${noun} ${given.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
