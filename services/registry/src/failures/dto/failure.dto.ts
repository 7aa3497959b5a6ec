import { reachedKinds, taskTypes, type Reached, type TaskType } from '#contracts';
import { DateTime, Integer, ObjectId, OneOf, Uuid } from '../../http/formats.ts';
import { failureStates, type FailureState } from './failure-query.dto.ts';

/** How a person can settle a failure. */
export const decisions = ['done_by_hand', 'ignored'] as const;
export type Decision = (typeof decisions)[number];

/** How a failure was settled; `succeeded`: a later attempt of the same event and handler succeeded. */
export const settlements = ['succeeded', ...decisions] as const;
export type Settlement = (typeof settlements)[number];

export class SkippedHandlerView {
  @Uuid()
  handlerId!: string;

  handlerName!: string | null;
}

export class FailureView {
  @Uuid()
  executionId!: string;

  /** As received from billing */
  eventId!: string;

  /** Event type */
  event!: string;

  @ObjectId()
  objectId!: number | string;

  partitionKey!: string;

  @Uuid()
  handlerId!: string;

  handlerName!: string | null;

  @OneOf(taskTypes)
  taskType!: TaskType;

  /** Stable code of the last attempt's error */
  reason!: string;

  /** The error in plain text */
  message!: string;

  /** Whether its calls reached the target. maybe: a call was sent, and got no complete answer */
  @OneOf(reachedKinds)
  reached!: Reached;

  /** Attempts so far */
  @Integer()
  attempts!: number;

  @DateTime()
  failedAt!: string;

  /** Handlers that did not run because of it, in order */
  skipped!: SkippedHandlerView[];

  /** Later events of the same key that have run since, counted up to 1,000 */
  @Integer()
  laterEvents!: number;

  @OneOf(failureStates)
  state!: FailureState;

  @OneOf(settlements)
  settledAs!: Settlement | null;

  @DateTime()
  settledAt!: string | null;

  /** Name of the API key or person that settled it */
  settledBy!: string | null;

  note!: string | null;

  /** The person who works on it */
  assignee!: string | null;
}

export class FailurePage {
  items!: FailureView[];

  /** Null on the last page */
  nextCursor!: string | null;
}
