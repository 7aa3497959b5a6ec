export * from './transient.ts';
