import { DomainError } from '../domain-error.ts';

export class NoExecutor extends DomainError {
  override readonly name = 'NoExecutor';

  constructor(withinMs: number, options?: ErrorOptions) {
    super('unavailable', 'no_executor', `no executor answered within ${Math.round(withinMs / 1_000)} s`, options);
  }
}

export class CommandFailed extends DomainError {
  override readonly name = 'CommandFailed';

  constructor(message: string, options?: ErrorOptions) {
    super('unavailable', 'command_failed', `the executor failed: ${message}`, options);
  }
}
