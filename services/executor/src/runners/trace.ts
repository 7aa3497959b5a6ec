import type { Call } from '../dispatch/runner.ts';

/**
 * The W3C trace context that a call carries: the one that it was given, or else one whose trace id is the execution's id, so that
 * a target's traces can be found by it, and whose parent id is that of the attempt.
 */
export function traceparentOf({ traceparent, executionId, attempt }: Call): string {
  if (traceparent !== null) return traceparent;
  const traceId = executionId.replaceAll('-', '');
  // What is random in the execution's id, and the attempt: a hash, or random bytes, would cost more and say no more.
  const parentId = traceId.slice(-12) + attempt.toString(16).padStart(4, '0').slice(-4);
  return `00-${traceId}-${parentId}-00`;
}
