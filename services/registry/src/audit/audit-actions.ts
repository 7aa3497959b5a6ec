/** What is written to the audit: everything that changes something, or has something done. */
export const auditActions = [
  'handler.create',
  'handler.update',
  'handler.archive',
  'handler.restore',
  'handler.order',
  'handler.test',
  'handler.signing_secret.make',
  'handler.signing_secret.revoke',
  'handler.hold',
  'handler.release',
  'target.create',
  'target.update',
  'target.delete',
  'target.hold',
  'target.release',
  'target.probe',
  'api_key.create',
  'api_key.revoke',
  'session.begin',
  'session.end',
  'event.publish',
  'event.replay',
  'event.resume',
  'replay.create',
  'replay.cancel',
  'deferral.retry',
  'deferral.skip',
  'deferrals.retry',
  'deferrals.skip',
  'failures.settle',
  'failures.reopen',
  'failures.assign',
  'failures.resume',
  'operation.cancel',
  'catalog.reload',
] as const;
export type AuditAction = (typeof auditActions)[number];

export const subjectTypes = [
  'handler',
  'target',
  'event_type',
  'api_key',
  'session',
  'event',
  'replay',
  'operation',
  'failures',
  'partition_key',
  'catalog',
] as const;
export type SubjectType = (typeof subjectTypes)[number];

/** What was done to something. */
export interface AuditEntry {
  readonly action: AuditAction;
  readonly subject: { readonly type: SubjectType; readonly id: string; readonly name?: string };
  /** What it was; left out where there was nothing, or nothing that changed. */
  readonly before?: object;
  /** What it is now, or what was asked for. */
  readonly after?: object;
}
