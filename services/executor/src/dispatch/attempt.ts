import type { ExecutionStatus, TaskType } from '#contracts';
import type { AttemptResult } from './outcome.ts';
import type { Run } from './run.ts';

/** An attempt that was made, or the record of why no more are. */
export interface Attempt {
  readonly run: Run;
  readonly handlerId: string;
  readonly taskType: TaskType;
  /** Place of the handler in the plan, from 1. */
  readonly position: number;
  readonly executionId: string;
  /** From 1. */
  readonly number: number;
  /** False when it does not use up one of the handler's attempts. */
  readonly counted: boolean;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly result: AttemptResult;
  /** Where the execution stands now. */
  readonly status: ExecutionStatus;
  /** Null when there is no next attempt, or when it is made at once. */
  readonly nextAttemptAt: Date | null;
}

export interface AttemptRecorder {
  /** Takes the attempt on; that it is committed is waited for with its event. */
  recordAttempt(attempt: Attempt): void;
}
