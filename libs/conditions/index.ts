export { Budget } from './budget.ts';
export * from './condition.ts';
export * from './condition-fault.ts';
export { eventVariables, type ConditionEvent, type Kept } from './event-variables.ts';
export { readJson } from './exact-json.ts';
export * from './expression.ts';
export type { VariableName, Variables } from './scope.ts';
export { Fault, type Value } from './values.ts';
