export { Lifecycle } from './lifecycle.ts';
export type { Part, PartList } from './part.ts';
export { runUntilSignalled } from './run-until-signalled.ts';
