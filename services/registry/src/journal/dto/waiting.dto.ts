import { deferralReasons, type DeferralReason } from '#contracts';
import { DateTime, Integer, OneOf, Uuid } from '../../http/formats.ts';

/** What an event waits for. */
export class WaitingView {
  /** Key under which the event waits, see `/deferrals` */
  key!: string;

  /** True when only a detached execution waits */
  detached!: boolean;

  /** Why the key waits */
  @OneOf(deferralReasons)
  reason!: DeferralReason;

  /** When the key's next attempt is due */
  @DateTime()
  dueAt!: string;

  /** The handler that the key waits for */
  @Uuid()
  handlerId!: string | null;

  /** Number of events of the key that run before it */
  @Integer()
  ahead!: number;
}
