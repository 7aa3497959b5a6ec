import type { CallRecord } from '../targets/call-log.ts';

/**
 * The longest time in which no call began, milliseconds: how long the product took to go on after the worst of the
 * faults.
 */
export function longestStandstill(calls: readonly CallRecord[]): number {
  return calls.reduce((longest, { startedAt }, index) => {
    const before = calls[index - 1]?.startedAt ?? startedAt;
    return Math.max(longest, startedAt - before);
  }, 0);
}
