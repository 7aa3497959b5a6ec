import type { Delivery, Settlement } from '#broker';
import { EventRejected } from '#contracts';
import type { RejectedMessages } from '../record/rejected-messages.ts';

/** How the work on a message ended that is not rejected. */
type Ended =
  /** The journal has the event, or had it before. */
  | 'committed'
  /** The event's partition has it. */
  | 'forwarded'
  /** It asked who reads a partition, and was heard. */
  | 'probe'
  /** The consumer stops, or has lost the message, before work on it began. */
  | 'not_begun'
  /** Another executor has it by now, or will have it. */
  | 'lost';

/** Why a message is rejected. */
type Rejected =
  /** It is no event. */
  | 'unreadable'
  /** A fault of ours, which would meet the same message again for ever. */
  | 'failed'
  /** Work on it has ended the session again and again. */
  | 'stuck';

interface Rejection {
  readonly kind: Rejected;
  readonly rejection: EventRejected;
  /** The body, where there is room for it in memory already. */
  readonly content?: Buffer;
}

export type Ending = Ended | Rejection;

/**
 * The one place that decides how to settle a message. It is acknowledged when its content is safe elsewhere. A rejected
 * message is stored with its reason, for a person to look at, and then acknowledged. Any other message returns to its
 * queue with the session.
 *
 * An exception is not an ending: it ends the session, and the broker delivers everything again, in order.
 */
const rulings: Record<Ended, 'acknowledge' | 'leave'> & Record<Rejected, 'reject'> = {
  committed: 'acknowledge',
  forwarded: 'acknowledge',
  probe: 'acknowledge',
  not_begun: 'leave',
  lost: 'leave',
  unreadable: 'reject',
  failed: 'reject',
  stuck: 'reject',
};

/** Says what the consumer is to do with a message, once all that has to come before is done. */
export function settle(
  ending: Ending,
  delivery: Delivery,
  rejected: RejectedMessages,
): Settlement | Promise<Settlement> {
  const [kind, rejection] = typeof ending === 'string' ? [ending] : [ending.kind, ending];
  switch (rulings[kind]) {
    case 'acknowledge':
      return 'done';
    case 'leave':
      return 'left';
    case 'reject':
      return reject(rejection!, delivery, rejected);
  }
}

async function reject(
  { rejection, content }: Rejection,
  delivery: Delivery,
  rejected: RejectedMessages,
): Promise<Settlement> {
  if (content) await rejected.store(delivery, content, rejection);
  else await rejected.keep(delivery, rejection);
  return 'done';
}

/** How it ends with a message that Provisor fails on again and again. */
export function stuck(delivery: Delivery, { count, last }: { readonly count: number; readonly last: Error }): Ending {
  if (!delivery.begin()) return 'not_begun';
  const message = `Provisor failed on it ${count} times, the last time with: ${last.message}`;
  return { kind: 'stuck', rejection: new EventRejected('internal_error', message) };
}
