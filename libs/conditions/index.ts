export * from './condition.ts';
export * from './condition-fault.ts';
export type { ConditionEvent } from './event-variables.ts';
