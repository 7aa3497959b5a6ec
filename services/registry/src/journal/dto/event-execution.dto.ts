import {
  executionStatuses,
  outcomeKinds,
  taskTypes,
  reachedKinds,
  type AttemptResponse,
  type Json,
  type ExecutionStatus,
  type OutcomeKind,
  type Reached,
  type TaskType,
} from '#contracts';
import { AnyObject, DateTime, Integer, OneOf, Uuid } from '../../http/formats.ts';

export class AttemptView {
  @Uuid()
  id!: string;

  /** From 1 */
  @Integer()
  number!: number;

  @OneOf(outcomeKinds)
  outcome!: OutcomeKind;

  /** Stable code of the error, or the word of the rule that decided */
  reason!: string | null;

  /** The error, or why a rule decided, in plain text */
  message!: string | null;

  /** Whether the call reached its target. no: nothing was sent. maybe: sent, and no complete answer came */
  @OneOf(reachedKinds)
  reached!: Reached;

  /** The target's response, or the script's output */
  @AnyObject()
  response!: AttemptResponse;

  @DateTime()
  startedAt!: string;

  /** Earliest time of the next attempt; null when there is none, or when it follows at once */
  @DateTime()
  nextAttemptAt!: string | null;

  durationMs!: number;

  @Integer()
  revision!: number;

  @Uuid()
  executorId!: string;
}

/**
 * Why an execution was skipped. `earlier_failed`: a handler before it failed, and stops those behind it.
 * `condition_unmet`: its condition is false for the event. `handler_disabled`: it was disabled when the event came, or
 * was disabled or archived while the event waited.
 */
export const skipReasons = ['earlier_failed', 'condition_unmet', 'handler_disabled'] as const;
export type SkipReason = (typeof skipReasons)[number];

export class EventExecutionView {
  @Uuid()
  id!: string;

  @Uuid()
  handlerId!: string;

  handlerName!: string | null;

  @OneOf(taskTypes)
  taskType!: TaskType | null;

  /** Of the handler as it is now */
  @Integer()
  priority!: number | null;

  /** Place in the event's plan, from 1; disabled handlers come after it */
  @Integer()
  position!: number;

  /** The replay that it belongs to */
  @Uuid()
  replayId!: string | null;

  /** True for a test */
  test!: boolean;

  @OneOf(executionStatuses)
  status!: ExecutionStatus;

  /** Why it was skipped, if it was */
  @OneOf(skipReasons)
  skipReason!: SkipReason | null;

  /** Values of the answer that later handlers of the event can read, by name; null: none were kept */
  @AnyObject({ nullable: true })
  kept!: Json;

  /** Of all attempts together */
  durationMs!: number | null;

  /** In order */
  attempts!: AttemptView[];
}
