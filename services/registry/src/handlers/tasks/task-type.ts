import type { Type } from '@nestjs/common';
import type { Answer, Answers, FieldError, Task, TaskType, Tasks } from '#contracts';
import type { RenderedTask } from '#templates';
import type { TaskInputs } from '../dto/task.dto.ts';
import type { RequestView } from '../preview/request-preview.dto.ts';
import type { Previewed } from '../preview/shown-request.ts';
import type { Keeping } from '../secrets/kept-secrets.ts';
import type { WarningSituation } from '../warnings/warning-situation.ts';
import type { Check } from './answer-checks.ts';

/** A task as it is stored, or what prevents that. */
export interface StoredTask<T extends Task = Task> {
  readonly task: T;
  /** By slot; the mark stands in the task in the place of each. */
  readonly sealed: Readonly<Record<string, string>>;
  /** Secrets that cannot be kept, and what else only the whole task shows. */
  readonly faults: readonly FieldError[];
}

/** What the registry does with one type of task. */
export interface TaskTypeEntry<T extends TaskType = TaskType> {
  /** What a request may say; its rules check it. */
  readonly input: Type<TaskInputs[T]>;
  /** What an answer shows. */
  readonly view: Type<Tasks[T]>;
  /** The task of a request, with defaults. */
  task(input: TaskInputs[T]): Tasks[T];
  /** As it is stored, with secrets apart; absent: it has none. */
  stored?(input: TaskInputs[T], keeping: Keeping): StoredTask<Tasks[T]>;
  /** What is valid but likely a mistake; absent: nothing is. */
  warnings?(task: Tasks[T], situation: WarningSituation): FieldError[];
  /** What would be sent, for a preview. */
  request(rendered: RenderedTask & { readonly task: Tasks[T] }, of: Previewed): RequestView;
  /** What the fields of an answer may be that a preview is given. */
  readonly answer: { readonly [Field in keyof Answers[T]]: Check };
  /** An answer in a line; `shown` shortens a text and hides what is redacted. */
  summary(answer: Answer<T>, shown: (text: string) => string): string;
}
