import {
  Consumer,
  type BrokerConnection,
  type Delivery,
  type QueueWatch,
  type Settlement,
  type TopologyWatch,
} from '#broker';
import { intakeQueue, publicTopology, nativeContent, partitionOf, partitionQueue, partitionTopology } from '#contracts';
import type { Now } from '#database';
import type { Logger } from '#observability';
import type { Bodies } from './bodies/bodies.ts';
import type { FastLane } from './fast-lane.ts';
import { KeySequencer } from './key-sequencer.ts';
import { Parcel, type Read } from './parcel.ts';
import type { RejectedMessages } from '../record/rejected-messages.ts';
import type { Arrival } from '../record/run.ts';
import { forwardedEvent, isOfOperation, readForwardedEvent } from './forwarded-event.ts';
import type { LossSigns } from './loss-signs.ts';
import { PartitionOwnership, type Survey } from './ownership.ts';
import { readPublishedEvent } from './published-event.ts';
import { settle, stuck } from './settle.ts';

export interface IntakeParts {
  partitions: number;
  lane: FastLane;
  /** Finds out who reads the partitions. */
  survey: Survey;
  rejected: RejectedMessages;
  bodies: Bodies;
  signs: LossSigns;
  /** The database's clock. */
  now: Now;
  logger: Logger;
}

/**
 * Takes each message from billing: an event is handled here while this executor owns all partitions, and else goes on
 * to the partition of its key; anything else is kept as rejected.
 */
export class Intake {
  readonly #parts: IntakeParts;
  readonly ownership: PartitionOwnership;
  /** Forwards events of a key behind those of it that are handled here. */
  #forwarding = new KeySequencer();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    const { survey, lane, logger } = parts;
    const onClosing = () => {
      this.#forwarding = lane.behindAll();
      return this.#forwarding.ended();
    };
    this.ownership = new PartitionOwnership({ survey, onClosing, logger });
  }

  /** It is called in the order of delivery, and events of a key go either way in that order. */
  accept(delivery: Delivery): Promise<Settlement> {
    const { rejected, bodies, signs, now, logger } = this.#parts;
    signs.look(delivery);
    const arrivedAt = now();
    const read: Read = (content, id) => {
      return isOfOperation(delivery)
        ? readForwardedEvent(delivery, content)
        : readPublishedEvent(delivery, content, { arrivedAt, id, routingKey: delivery.routingKey });
    };
    const parcel = Parcel.open(delivery, read, bodies, logger);
    if (!(parcel instanceof Parcel)) return Promise.resolve(settle(parcel, delivery, rejected));
    this.ownership.arriving(delivery.signal);
    // An id that is made here is another one when the message comes again; it is kept with what is forwarded.
    if (!parcel.hasOwnId) this.ownership.keepForwarding();
    const { decided } = this.ownership;
    return decided ? decided.then(() => this.#route(parcel, delivery)) : this.#route(parcel, delivery);
  }

  #route(parcel: Parcel, delivery: Delivery): Promise<Settlement> {
    return this.ownership.isDirect ? this.#handleHere(parcel, delivery) : this.#forward(parcel, delivery);
  }

  #handleHere(parcel: Parcel, delivery: Delivery): Promise<Settlement> {
    // One whose turn comes when events are forwarded might run beside what another executor has of its key.
    const detour = (arrival: Arrival) => (this.ownership.isDirect ? undefined : this.#send(arrival, delivery));
    return this.#parts.lane.take(parcel, delivery, detour);
  }

  #forward(parcel: Parcel, delivery: Delivery): Promise<Settlement> {
    const settled = this.#forwarding
      .run(parcel.partitionKey, () => this.#beginToSend(parcel, delivery))
      .then(({ sent }) => sent);
    this.ownership.forwarding(settled);
    return settled;
  }

  /** The next one of the key follows when this one has begun: what is sent one after another arrives in that order. */
  async #beginToSend(parcel: Parcel, delivery: Delivery): Promise<{ sent: Promise<Settlement> }> {
    if (!delivery.begin()) {
      parcel.drop();
      return { sent: Promise.resolve(settle('not_begun', delivery, this.#parts.rejected)) };
    }
    const begun = Promise.withResolvers<undefined>();
    const sent = parcel
      .use((arrival) => {
        const sending = this.#send(arrival, delivery);
        begun.resolve(undefined);
        return sending;
      })
      .finally(() => begun.resolve(undefined));
    await begun.promise;
    return { sent };
  }

  async #send(arrival: Arrival, delivery: Delivery): Promise<Settlement> {
    const { event } = arrival;
    const queue = partitionQueue(partitionOf(event.partitionKey, this.#parts.partitions));
    const content = nativeContent(event, arrival.content, delivery);
    await delivery.forward({ queue, ...forwardedEvent(arrival, content) });
    this.#parts.logger.debug({ eventId: event.id, eventType: event.type, queue }, 'event forwarded to its partition');
    return settle('forwarded', delivery, this.#parts.rejected);
  }
}

/** Unsettled messages at a time. The same for every executor, see {@link ConsumerOptions.prefetch}. */
const prefetch = 1_024;

/** Subscribes to the intake. One executor at a time is its reader; when that one is gone, the next takes over. */
export function createIntakeConsumer(
  connection: BrokerConnection,
  intake: Intake,
  { partitions, rejected, logger }: Pick<IntakeParts, 'partitions' | 'rejected' | 'logger'>,
  queues: QueueWatch,
  watch: TopologyWatch,
): Consumer {
  const [entry, ways] = [publicTopology, partitionTopology(partitions)];
  return new Consumer(connection, {
    declarations: { ...entry, queues: [...entry.queues, ...ways.queues] },
    subscriptions: [{ queue: intakeQueue }],
    prefetch,
    onDelivery: (delivery) => {
      queues.taken(delivery.queue);
      return intake.accept(delivery);
    },
    onStuck: async (delivery, ends) => settle(stuck(delivery, ends), delivery, rejected),
    beforeAgain: () => watch.check(),
    onConsuming: () => logger.info('consuming the intake queue'),
    onFailure: (error) => logger.warn({ err: error }, 'failed to consume the intake queue; retrying'),
  });
}
