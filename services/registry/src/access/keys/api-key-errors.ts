import { DomainError } from '../../domain-error.ts';

export class ApiKeyNotFound extends DomainError {
  override readonly name = 'ApiKeyNotFound';

  constructor(id: string) {
    super('not_found', 'api_key_not_found', `there is no API key ${id}`);
  }
}

/** Without it nobody could make another. */
export class LastAdminKey extends DomainError {
  override readonly name = 'LastAdminKey';

  constructor() {
    super('conflict', 'last_admin_key', 'it is the last key of an admin that opens anything; make another one first');
  }
}
