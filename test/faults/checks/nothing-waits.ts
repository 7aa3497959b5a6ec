import type { RunRecord } from './run-record.ts';

/** When every event has ended, nothing is left in the slow lane. */
export function nothingWaits({ waiting }: RunRecord): string[] {
  return waiting.map((key) => `${key} waits, and nothing is left to be done for it`);
}
