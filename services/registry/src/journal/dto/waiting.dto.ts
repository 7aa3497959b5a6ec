import { deferralReasons, type DeferralReason } from '#contracts';
import { DateTime, Integer, OneOf, Uuid } from '../../http/formats.ts';

/** What an event waits for. */
export class WaitingView {
  /** What it waits under, see `/deferrals` */
  key!: string;

  /** True when only one execution of it waits, on the side */
  detached!: boolean;

  /** Why the key waits */
  @OneOf(deferralReasons)
  reason!: DeferralReason;

  /** When the key is tried next */
  @DateTime()
  dueAt!: string;

  /** The handler that the key waits for */
  @Uuid()
  handlerId!: string | null;

  /** Events of the key that go before it */
  @Integer()
  ahead!: number;
}
