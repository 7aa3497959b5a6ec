import type { AuditEntryView, HandlerView } from '#contracts/rest-api';

/** Entries whose `after` is the whole handler. */
const actions: ReadonlySet<string> = new Set([
  'handler.create',
  'handler.update',
  'handler.archive',
  'handler.restore',
]);

/** The handler as an entry of the audit left it; undefined where the entry is about something else. */
export function versionIn({ action, subject, after, at }: AuditEntryView): HandlerView | undefined {
  if (!actions.has(action) || after === null || !('task' in after) || !('version' in after)) return undefined;
  return { ...(after as unknown as HandlerView), id: subject.id, updatedAt: at };
}
