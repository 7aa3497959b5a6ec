import type { BillingEvent } from '#contracts';

/** One event on its way through its plan. */
export interface Run {
  readonly event: BillingEvent;
  readonly receivedAt: Date;
  /** Of the catalog whose plan it runs. */
  readonly revision: number;
}
