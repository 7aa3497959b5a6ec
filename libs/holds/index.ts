export * from './held.ts';
export { isTimeZone } from './local-time.ts';
