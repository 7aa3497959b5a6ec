import type { TargetEntity } from '#orm';
import type { AuditEntry } from '../audit/audit-actions.ts';
import { shownTarget } from './shown-target.ts';

/** What the audit says of a new target. */
export function targetCreation(target: TargetEntity): AuditEntry {
  return { action: 'target.create', subject: subjectOf(target), after: shown(target) };
}

/** What the audit says of a change of a target. */
export function targetChange(before: TargetEntity, after: TargetEntity): AuditEntry {
  return { action: 'target.update', subject: subjectOf(after), before: shown(before), after: shown(after) };
}

/** What the audit says of a target that was deleted. */
export function targetDeletion(target: TargetEntity): AuditEntry {
  return { action: 'target.delete', subject: subjectOf(target), before: shown(target) };
}

export function subjectOf({ id, name }: Pick<TargetEntity, 'id' | 'name'>): AuditEntry['subject'] {
  return { type: 'target', id, name };
}

function shown(target: TargetEntity): object {
  return { ...shownTarget(target), version: target.version };
}
