import { DomainError } from '../domain-error.ts';

export class OperationNotFound extends DomainError {
  override readonly name = 'OperationNotFound';

  constructor(id: string) {
    super('not_found', 'operation_not_found', `operation ${id} not found`);
  }
}
