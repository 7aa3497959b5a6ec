import { DomainError } from '../domain-error.ts';

/** Nobody we know is asking. */
export class Unauthenticated extends DomainError {
  override readonly name = 'Unauthenticated';

  constructor(message: string) {
    super('unauthenticated', 'unauthenticated', message);
  }
}
