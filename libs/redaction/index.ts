export * from './field-pattern.ts';
export * from './redaction.ts';
