import type { Disruption } from '../injection/disruptions.ts';
import { succeeded, type CallRecord } from '../targets/call-log.ts';
import type { RunRecord } from './run-record.ts';

/** How long it may take on a busy machine until an answer is in the journal, milliseconds. */
const commitMs = 1_000;
/** How long an answer may be on its way, milliseconds. */
const answerMs = 250;

/** A call that was made although an earlier one of the same execution had been answered with success. */
export interface Repeat {
  readonly call: CallRecord;
  readonly answeredAt: number;
}

export function repeatsIn(calls: readonly CallRecord[]): Repeat[] {
  const answered = new Map<string, number>();
  const repeats: Repeat[] = [];
  for (const call of calls) {
    const answeredAt = answered.get(call.executionId);
    if (answeredAt !== undefined && answeredAt <= call.startedAt) repeats.push({ call, answeredAt });
    if (succeeded(call)) answered.set(call.executionId, call.endedAt!);
  }
  return repeats;
}

/** Only what was in flight when something was taken away is called again. */
export function repeatsExplained({ calls, disruptions }: RunRecord): string[] {
  return repeatsIn(calls)
    .filter((repeat) => !disruptions.some((disruption) => explains(disruption, repeat, disruptions)))
    .map(({ call, answeredAt }) => {
      const later = Math.round(call.startedAt - answeredAt);
      return `${call.eventId}: ${call.handler} was called again ${String(later)} ms after it had succeeded, for no reason`;
    });
}

/** How long before a disruption the oldest answer was given that was lost by it, milliseconds; 0 when none was. */
export function oldestLost({ calls, disruptions }: RunRecord): number {
  const ages = repeatsIn(calls).map((repeat) => {
    const explaining = disruptions.filter((disruption) => explains(disruption, repeat, disruptions));
    return Math.min(...explaining.map(({ from }) => Math.max(0, from - repeat.answeredAt)));
  });
  return Math.max(0, ...ages.filter(Number.isFinite));
}

/** How many answers were in flight at some disruption: no more than these can have to be repeated. */
export function inFlight({ calls, disruptions }: RunRecord): number {
  return calls.filter(
    (call) => succeeded(call) && disruptions.some((disruption) => lost(disruption, call.endedAt!, disruptions)),
  ).length;
}

function explains(disruption: Disruption, { call, answeredAt }: Repeat, all: readonly Disruption[]): boolean {
  return lost(disruption, answeredAt, all) && call.startedAt >= disruption.from;
}

/** Whether an answer of that time can have been lost by a disruption before it was in the journal. */
function lost({ taken, from, until }: Disruption, answeredAt: number, all: readonly Disruption[]): boolean {
  if (taken === 'commits' || answeredAt > until + answerMs) return false;
  if (taken === 'answers') return answeredAt >= from - answerMs;
  return answeredAt >= earliestUncommitted(from, all);
}

/** What was answered since then may not have been in the journal at a moment, also since the database was away. */
function earliestUncommitted(moment: number, all: readonly Disruption[]): number {
  const outages = all.filter(
    ({ taken, from, until }) => taken === 'commits' && from <= moment && until >= moment - commitMs,
  );
  return Math.min(moment, ...outages.map(({ from }) => from)) - commitMs;
}
