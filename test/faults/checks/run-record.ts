import type { Ledger } from '../billing/ledger.ts';
import type { Disruption } from '../injection/disruptions.ts';
import type { CallRecord } from '../targets/call-log.ts';
import type { JournaledEvent } from './journal.ts';

/** All that is known when a run is over. */
export interface RunRecord {
  /** What billing has published. */
  readonly ledger: Ledger;
  /** What the targets have seen, in the order in which the calls began. */
  readonly calls: readonly CallRecord[];
  /** What the journal says of the events that have ended. */
  readonly journal: ReadonlyMap<string, JournaledEvent>;
  /** Keys that are still in the slow lane. */
  readonly waiting: readonly string[];
  readonly disruptions: readonly Disruption[];
}
