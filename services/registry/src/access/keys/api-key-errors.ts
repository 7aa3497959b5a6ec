import { DomainError } from '../../domain-error.ts';

export class ApiKeyNotFound extends DomainError {
  override readonly name = 'ApiKeyNotFound';

  constructor(id: string) {
    super('not_found', 'api_key_not_found', `API key ${id} not found`);
  }
}

/** Without this key, no user could create another. */
export class LastAdminKey extends DomainError {
  override readonly name = 'LastAdminKey';

  constructor() {
    super('conflict', 'last_admin_key', 'it is the last active key with the role admin; create another one first');
  }
}
