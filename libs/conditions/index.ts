export * from './condition.ts';
export * from './condition-fault.ts';
