import type { RunRecord } from './run-record.ts';

/** Every confirmed event has ended. */
export function notLost({ ledger, journal }: RunRecord): string[] {
  return ledger.confirmed.filter(({ id }) => !journal.has(id)).map(({ id }) => `${id} has not come to an end`);
}
