import type { Type } from '@nestjs/common';
import type { FieldError, Task, TaskType, Tasks } from '#contracts';
import type { TaskInputs } from '../dto/task.dto.ts';
import type { Keeping } from '../secrets/kept-secrets.ts';
import type { WarningSituation } from '../warnings/warning-situation.ts';

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
  /** Makes of what a request says what is stored: with defaults, and with secrets apart. */
  stored(input: TaskInputs[T], keeping: Keeping): StoredTask<Tasks[T]>;
  /** What is valid but likely a mistake. */
  warnings(task: Tasks[T], situation: WarningSituation): FieldError[];
}
