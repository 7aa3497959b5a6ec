import { fieldsOf, type Handler } from '#contracts';
import type { AuditEntry } from '../audit/audit-actions.ts';
import { shownTask } from './tasks/shown-task.ts';

/** What the audit says of a new handler. */
export function creationEntry(handler: Handler): AuditEntry {
  return { action: 'handler.create', subject: subjectOf(handler), after: shown(handler) };
}

/**
 * What the audit says of a change of a handler; putting it out of sight and bringing it back have names of their own.
 */
export function changeEntry(before: Handler, after: Handler): AuditEntry {
  const [was, is] = [before, after].map(({ status }) => status === 'archived');
  const action = was === is ? 'handler.update' : is ? 'handler.archive' : 'handler.restore';
  return { action, subject: subjectOf(after), before: shown(before), after: shown(after) };
}

/** What the audit says of a new order: the ids of the event's handlers, the first to run first. */
export function orderEntry(event: string, before: readonly Handler[], after: readonly Handler[]): AuditEntry {
  const places = (handlers: readonly Handler[]): object => ({ ids: handlers.map(({ id }) => id) });
  return {
    action: 'handler.order',
    subject: { type: 'event_type', id: event },
    before: places(before),
    after: places(after),
  };
}

function subjectOf({ id, name }: Handler): AuditEntry['subject'] {
  return { type: 'handler', id, name };
}

function shown(handler: Handler): object {
  return { ...fieldsOf(handler), task: shownTask(handler.task), version: handler.version };
}
