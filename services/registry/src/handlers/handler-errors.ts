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

  constructor(id: string, purpose = 'to test it') {
    super('conflict', 'handler_archived', `handler ${id} is archived; restore it ${purpose}`);
  }
}

/** A handler cannot leave the archive while the target that it names is deleted. */
export class TargetDeleted extends DomainError {
  override readonly name = 'TargetDeleted';

  constructor(id: string, targetName: string) {
    const target = `the target ${JSON.stringify(targetName)} of handler ${id} is deleted`;
    super('conflict', 'target_deleted', `${target}; give it a task with another target or a URL`);
  }
}

type Subject = 'handler' | 'target';

class NameTaken extends DomainError {
  override readonly name = 'NameTaken';

  constructor(taken: string, subject: Subject, options?: ErrorOptions) {
    super('conflict', 'name_taken', `the name ${JSON.stringify(taken)} is taken by another ${subject}`, options);
  }
}

export class VersionStale extends DomainError {
  override readonly name = 'VersionStale';

  constructor(version: number, subject: Subject = 'handler') {
    super('precondition_failed', 'version_stale', `the ${subject} has changed: its version is ${version}`);
  }
}

export class RevisionStale extends DomainError {
  override readonly name = 'RevisionStale';

  constructor(revision: number) {
    super('precondition_failed', 'revision_stale', `the handlers have changed: the revision is ${revision}`);
  }
}

const uniqueViolation = '23505';

/** Does work that writes the name of a handler or target, and says so when the name is taken. */
export async function refusingTakenName<T>(name: string, work: Promise<T>, subject: Subject = 'handler'): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof QueryFailedError) {
      const { code, constraint } = error.driverError as { code?: string; constraint?: string };
      if (code === uniqueViolation && constraint === `${subject}s_name_taken`) {
        throw new NameTaken(name, subject, { cause: error });
      }
    }
    throw error;
  }
}
