export * from './columns.ts';
export * from './selections.ts';
