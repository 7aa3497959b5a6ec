import { QueryFailedError } from 'typeorm';
import { DomainError } from '../domain-error.ts';

export class HandlerNotFound extends DomainError {
  override readonly name = 'HandlerNotFound';

  constructor(id: string) {
    super('not_found', 'handler_not_found', `handler ${id} not found`);
  }
}

export class HandlerArchived extends DomainError {
  override readonly name = 'HandlerArchived';

  constructor(id: string) {
    super('conflict', 'handler_archived', `handler ${id} is archived; restore it to test it`);
  }
}

class NameTaken extends DomainError {
  override readonly name = 'NameTaken';

  constructor(handlerName: string, options?: ErrorOptions) {
    super('conflict', 'name_taken', `the name ${JSON.stringify(handlerName)} is taken by another handler`, options);
  }
}

export class VersionStale extends DomainError {
  override readonly name = 'VersionStale';

  constructor(version: number) {
    super('precondition_failed', 'version_stale', `the handler has changed: its version is ${version}`);
  }
}

export class RevisionStale extends DomainError {
  override readonly name = 'RevisionStale';

  constructor(revision: number) {
    super('precondition_failed', 'revision_stale', `the handlers have changed: the revision is ${revision}`);
  }
}

const uniqueViolation = '23505';

/** Does work that writes a handler's name, and says so when the name is taken. */
export async function refusingTakenName<T>(handlerName: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof QueryFailedError) {
      const { code, constraint } = error.driverError as { code?: string; constraint?: string };
      if (code === uniqueViolation && constraint === 'handlers_name_taken')
        throw new NameTaken(handlerName, { cause: error });
    }
    throw error;
  }
}
