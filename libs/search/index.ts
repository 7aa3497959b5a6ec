export * from './field-values.ts';
export * from './lookup.ts';
export * from './search-field.ts';
export * from './text-match.ts';
export * from './value-hash.ts';
