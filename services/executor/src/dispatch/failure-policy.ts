import type { FailurePolicy } from '#contracts';

const stops: Record<FailurePolicy, boolean> = { stop: true, continue: false, detach: false };

/**
 * The one place that says what the failure of a handler means for those after it.
 *
 * @param handler Undefined when it is no longer there to say; then nothing runs that it might have wanted stopped.
 */
export function stopsOthers(handler: { readonly onFailure: FailurePolicy } | undefined): boolean {
  return stops[handler?.onFailure ?? 'stop'];
}
