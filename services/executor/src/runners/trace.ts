import { hash } from 'node:crypto';
import type { Call } from '../dispatch/runner.ts';

/**
 * The W3C trace context that a call carries: the publisher's, or else one whose trace id is the execution's id, so that a
 * target's traces can be found by it, and whose parent id is that of the attempt.
 */
export function traceparentOf({ event, executionId, attempt }: Call): string {
  if (event.traceparent) return event.traceparent;
  // A hash and not random bytes, which cost a system call for each call of a handler.
  const parentId = hash('sha1', `${executionId} ${attempt}`).slice(0, 16);
  return `00-${executionId.replaceAll('-', '')}-${parentId}-00`;
}
