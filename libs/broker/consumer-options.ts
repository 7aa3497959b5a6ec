import type { Declarations } from './declare.ts';
import type { Delivery, Settlement } from './delivery.ts';
import type { QueueWatch } from './queue-watch.ts';

export interface Subscription {
  queue: string;
  /** Among the consumers of a queue the one with the highest priority is served first; 0 unless given. */
  priority?: number;
}

export interface ConsumerOptions {
  declarations: Declarations;
  subscriptions: readonly Subscription[];
  /**
   * Unsettled messages at a time, for each subscription. Every consumer of a queue has to use the same number: of
   * messages that were returned to a quorum queue, one that takes only some would put them back behind the others.
   */
  prefetch: number;
  /** Messages of each subscription that are worked on at a time; others wait unopened. {@link prefetch} by default. */
  mostHeld?: number;
  /**
   * Messages of all subscriptions together that are worked on at a time while the process is busy, see
   * {@link ConcurrencyLimit}. Without it {@link mostHeld} alone limits them.
   */
  leastHeld?: number;
  /** Whether a message may bring several, see {@link Delivery.forward}. */
  opensBatches?: boolean;
  /** Told of each message that is received. */
  queues?: QueueWatch;
  /**
   * Resolves with the result for a message. A rejection ends the session, so that all unsettled messages are delivered
   * again, in order.
   */
  onDelivery: (delivery: Delivery) => Promise<Settlement>;
  /**
   * Called in place of {@link onDelivery} for a message for which that was rejected again and again, so that it goes
   * out of the way of the others.
   */
  onStuck: (delivery: Delivery, ends: { readonly count: number; readonly last: Error }) => Promise<Settlement>;
  /**
   * Called when consuming was lost, before the queues are declared again: what is missing can still be seen. It must
   * not throw.
   */
  beforeAgain?: () => Promise<void>;
  /** Called when consuming has begun, also after each recovery. */
  onConsuming: () => void;
  /** Called when consuming was lost or could not begin. The consumer tries again. */
  onFailure: (error: Error) => void;
}
