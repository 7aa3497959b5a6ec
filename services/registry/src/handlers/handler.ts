import { isDeepStrictEqual } from 'node:util';
import { handlerDefaults, handlerFields, type HandlerFields, type RetryPolicy, type Task } from '#contracts';
import { plainWindows } from '../holds/plain-windows.ts';
import type { TaskInput } from './dto/task.dto.ts';

/** The given fields of a new handler; the others have defaults. */
export type HandlerDraft<T = TaskInput> = Pick<HandlerFields, 'name' | 'event'> & { task: T } & HandlerPatch<T>;

/** The fields to change; an absent field stays. */
export type HandlerPatch<T = TaskInput> = {
  [Key in keyof Omit<HandlerFields, 'task' | 'retry'>]?: HandlerFields[Key] | undefined;
} & { task?: T | undefined; retry?: { [Key in keyof RetryPolicy]?: RetryPolicy[Key] | undefined } | undefined };

/** The defaults that depend on more than the handler itself. */
export interface SituationalDefaults {
  readonly priority: number;
  readonly timeoutMs: number;
}

/** A new handler, whole. */
export function newHandler(draft: HandlerDraft<Task>, { priority, timeoutMs }: SituationalDefaults): HandlerFields {
  const { name, event, task } = draft;
  const retry = { ...handlerDefaults.retry, schedule: [...handlerDefaults.retry.schedule] };
  const bare: HandlerFields = { ...handlerDefaults, retry, priority, timeoutMs, name, event, task };
  return patched(bare, draft);
}

/** A handler after a change. The task is replaced whole, the retry policy field by field. */
export function patched(current: HandlerFields, patch: HandlerPatch<Task>): HandlerFields {
  const { task, retry, windows, ...rest } = patch;
  return {
    ...current,
    // Requests have lists of instances, with fields that are not given; what is kept is plain JSON.
    ...(JSON.parse(JSON.stringify(rest)) as Partial<HandlerFields>),
    ...(task !== undefined && { task }),
    ...(windows !== undefined && { windows: plainWindows(windows) }),
    ...(retry !== undefined && { retry: { ...current.retry, ...given<RetryPolicy>(retry) } }),
  };
}

/** A handler's choices, with its secrets as they are kept. */
export type KeptHandler = HandlerFields & { readonly secrets: Readonly<Record<string, string>> };

/**
 * True if a change has no effect. A given secret always counts as a change, so that the version does not confirm a
 * guess.
 */
export function isSame(a: KeptHandler, b: KeptHandler): boolean {
  return isDeepStrictEqual(a, b);
}

/** The priority after the last one of an event; at the very end several share it, in order of creation. */
export function nextPriority(last: number | null): number {
  return Math.min((last ?? 0) + 1, handlerFields.priority.range.max);
}

function given<T extends object>(partial: { [Key in keyof T]?: T[Key] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(partial).filter(([, value]) => value !== undefined)) as Partial<T>;
}
