import { executionId, type BillingEvent } from '#contracts';

/** Why an event is handled once more. */
export interface Replay {
  readonly id: string;
  /** The handlers that are to run; null: all of the plan. */
  readonly handlerIds: readonly string[] | null;
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
}

/** The execution of a handler in a run. A replay's executions, and a test's, are their own. */
export function executionOf({ event, replay, testId }: Run, handlerId: string): string {
  return executionId(event.id, event.occurredAt, handlerId, replay?.id ?? testId ?? undefined);
}
