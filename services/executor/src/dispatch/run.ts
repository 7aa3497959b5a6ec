import { executionId, type BillingEvent } from '#contracts';
import type { Span } from '#observability';

/** Why an event is handled once more. */
export interface Replay {
  readonly id: string;
  /** The handlers that are to run; null: all of the plan. */
  readonly handlerIds: readonly string[] | null;
  /** W3C trace context in which the event was handled before, where it is known. */
  readonly trace?: string | undefined;
}

/** One event on its way through its plan. */
export interface Run {
  readonly event: BillingEvent;
  readonly receivedAt: Date;
  /** Of the catalog whose plan it runs. */
  readonly revision: number;
  /** Null when it came from billing. */
  readonly replay: Replay | null;
  /** Given when it was made up to try a handler. */
  readonly testId: string | null;
  /** Of this stretch of its way; there while traces are on. */
  readonly span?: Span | undefined;
}

/** The W3C trace context in which a run is: of its span, or else of whoever published the event. */
export function traceparentOf({ span, event }: Pick<Run, 'span' | 'event'>): string | null {
  return span?.traceparent ?? event.traceparent;
}

/** The execution of a handler in a run. A replay's executions, and a test's, are their own. */
export function executionOf({ event, replay, testId }: Run, handlerId: string): string {
  return executionId(event.id, event.occurredAt, handlerId, replay?.id ?? testId ?? undefined);
}
