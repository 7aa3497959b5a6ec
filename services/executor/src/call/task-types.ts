import type { Answer, Task, Tasks, TaskType } from '#contracts';
import type { SpanAttributes } from '#observability';
import { httpCallAttributes, openedHttp } from './http/http-task.ts';

/** A task with its secrets in their places, and these once more, to be hidden wherever they turn up. */
export interface Opened<T extends Task = Task> {
  readonly task: T;
  readonly secrets: readonly string[];
}

/** Opens the secret of a slot. */
export type OpenSecret = (slot: string) => string;

/** What the executor knows of one type of task, besides its runner, which the root module makes. */
export interface TaskTypeEntry<T extends TaskType = TaskType> {
  opened(task: Tasks[T], open: OpenSecret): Opened<Tasks[T]>;
  /**
   * What the span of an attempt says of the call. Nothing that may give access: neither the path nor the query of a
   * URL, nor a script's arguments.
   */
  callAttributes(task: Tasks[T], attempt: number): SpanAttributes;
  /** What it says of the answer. */
  answerAttributes(answer: Answer<T>): SpanAttributes;
}

const entries: { readonly [T in TaskType]: TaskTypeEntry<T> } = {
  script: {
    opened: (task) => ({ task, secrets: [] }),
    callAttributes: ({ path, mode }) => ({ 'provisor.script.path': path, 'provisor.script.mode': mode }),
    answerAttributes: ({ exitCode }) => ({ 'process.exit.code': exitCode ?? undefined }),
  },
  http: {
    opened: openedHttp,
    callAttributes: httpCallAttributes,
    answerAttributes: ({ status }) => ({ 'http.response.status_code': status }),
  },
  email: {
    opened: (task) => ({ task, secrets: [] }),
    callAttributes: ({ to, cc }) => ({ 'provisor.email.recipients': to.length + cc.length }),
    answerAttributes: ({ code }) => ({ 'provisor.smtp.response.code': code ?? undefined }),
  },
};

/** The entry of a type; the task that it is asked about is one of that type. */
export function taskTypeEntry(type: TaskType): TaskTypeEntry {
  return entries[type];
}
