import { inOrder } from './in-order.ts';
import { notEarly } from './not-early.ts';
import { notLost } from './not-lost.ts';
import { nothingWaits } from './nothing-waits.ts';
import { repeatsExplained } from './repeats.ts';
import type { RunRecord } from './run-record.ts';
import { trulyCalled } from './truly-called.ts';
import { wholePlan } from './whole-plan.ts';

/** Finds what breaks a promise; one line for each. */
type Check = (record: RunRecord) => string[];

/** The promises, in the words of the report. */
const checks: Readonly<Record<string, Check>> = {
  'events lost': notLost,
  'keys left behind in the slow lane': nothingWaits,
  'events that ended without all of their plan': wholePlan,
  'calls made up, or missing behind a success': trulyCalled,
  'events that overtook another of their key': inOrder,
  'calls repeated without a reason': repeatsExplained,
  'attempts made too early': notEarly,
};

export interface Finding {
  readonly promise: string;
  readonly broken: readonly string[];
}

export function checkAll(record: RunRecord): Finding[] {
  return Object.entries(checks).map(([promise, check]) => ({ promise, broken: check(record) }));
}
