import type { DeferralFilter, FailureFilter, OperationKind, ReplayFilter } from '#contracts';

/** What is to be done, as the registry wrote it down. */
export interface OperationRequest {
  readonly id: string;
  readonly kind: OperationKind;
  readonly createdAt: Date;
  /** The one event that it is about; null where a list or the filter decides. */
  readonly eventId: string | null;
  /** The failures that it is about; null where the event or the filter decides. */
  readonly executionIds: readonly string[] | null;
  readonly filter: ReplayFilter | FailureFilter | DeferralFilter;
  /** Of a replay: the handlers that are to run; null: all of the plan. */
  readonly handlerIds: readonly string[] | null;
  /** Of a replay: the edited event, as JSON, and its id. */
  readonly editedEvent: string | null;
  readonly editedEventId: string | null;
  /** This number goes first, and the rest follows if all of them succeed. */
  readonly canary: number | null;
  readonly perSecond: number | null;
}
