import type { HandlerView } from '../api/generated/schema.d.ts';

export const taskTypes = ['script', 'http'] as const satisfies readonly HandlerView['task']['type'][];
export type TaskType = (typeof taskTypes)[number];

/** For a filter by the type of task. */
export const taskTypeChoices = [
  { value: '', label: 'Any' },
  { value: 'script', label: 'Script' },
  { value: 'http', label: 'HTTP' },
];
