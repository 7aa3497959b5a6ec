export * from './field-pattern.ts';
export * from './redaction.ts';
export * from './json-without-texts.ts';
export { xmlSpellingsOf } from './hidden-texts.ts';
