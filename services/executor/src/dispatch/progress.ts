import type { TaskType } from '#contracts';
import type { CatalogHandler, HandlerCatalog } from '../catalog/handler-catalog.ts';
import type { Run } from './run.ts';

/**
 * Where an execution stands. `pending`: nothing was tried yet. `waiting`: an attempt failed, another follows. `detached`:
 * it goes on by itself, beside the rest of the event.
 */
export type StepStatus = 'pending' | 'waiting' | 'succeeded' | 'failed' | 'skipped' | 'detached';

/** One handler of a plan, and where its execution stands. */
export interface Step {
  readonly handlerId: string;
  readonly taskType: TaskType;
  /** Place in the plan, from 1. */
  readonly position: number;
  status: StepStatus;
  /** Attempts that were made and count. */
  attempts: number;
  /** True when the handler's condition was asked, and held: it is not asked again, whatever it is by then. */
  met?: boolean;
}

/** How far an event has come on its plan. While it waits it is kept as JSON, so that what is done is not done again. */
export interface Progress {
  /** Of the catalog that the plan is of. */
  readonly revision: number;
  /** In the order of the plan. */
  readonly steps: readonly Step[];
}

/** What the journal knows of an execution. */
export interface KnownExecution {
  readonly status: 'succeeded' | 'failed' | 'waiting' | 'skipped';
  /** Attempts that were made and count. */
  readonly attempts: number;
  /** When its next attempt is due, milliseconds since 1970; undefined when there is none, or at once. */
  readonly dueAt: number | undefined;
}

/** What the journal knows of the executions of an event, by handler id. */
export type KnownExecutions = ReadonlyMap<string, KnownExecution>;

/** The plan of an event that begins: all enabled handlers of its type, or those of them that a replay is for. */
export function begin(catalog: HandlerCatalog, { event, replay }: Pick<Run, 'event' | 'replay'>): Progress {
  const wanted = replay?.handlerIds;
  const plan = catalog.plan(event.type).filter(({ id }) => wanted?.includes(id) ?? true);
  return { revision: catalog.revision, steps: plan.map(firstStep) };
}

/** A handler of a plan that has not been tried yet. */
export function firstStep({ id, task }: CatalogHandler, index: number): Step {
  return { handlerId: id, taskType: task.type, position: index + 1, status: 'pending', attempts: 0 };
}

/** Brings progress up to what the journal knows: whoever had the event before may have died before it could say so. */
export function catchUp(progress: Progress, known: KnownExecutions): void {
  for (const step of progress.steps) {
    const execution = known.get(step.handlerId);
    if (!execution || step.status === 'detached' || isSettled(step)) continue;
    step.status = execution.status;
    step.attempts = Math.max(step.attempts, execution.attempts);
  }
}

/** True when the step is at its end. */
export function isSettled({ status }: Step): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'skipped';
}

/** Whether an execution has failed. */
export function hasFailed({ steps }: Progress): boolean {
  return steps.some(({ status }) => status === 'failed');
}

/** Handlers of the plan that were passed over. */
export function skippedHandlers({ steps }: Progress): string[] {
  return steps.filter(({ status }) => status === 'skipped').map(({ handlerId }) => handlerId);
}
