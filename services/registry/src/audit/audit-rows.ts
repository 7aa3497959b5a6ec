import type { CallerKind } from '../access/caller.ts';
import type { AuditAction, SubjectType } from './audit-actions.ts';
import type { AuditEntryView } from './dto/audit.dto.ts';

/** As the table has it. */
export interface AuditRow {
  id: string;
  at: Date;
  actor_kind: CallerKind;
  actor_id: string;
  actor_name: string;
  address: string;
  action: AuditAction;
  subject_type: SubjectType;
  subject_id: string;
  subject_name: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export function auditEntryView(row: AuditRow): AuditEntryView {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    address: row.address,
    action: row.action,
    subject: { type: row.subject_type, id: row.subject_id, name: row.subject_name },
    before: row.before,
    after: row.after,
  };
}
