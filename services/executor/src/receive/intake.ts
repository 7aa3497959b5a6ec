import type { Delivery, Settlement } from '#broker';
import { nativeContent, partitionExchange, partitionOf, partitionQueue } from '#contracts';
import type { Now } from '#database';
import type { Logger } from '#observability';
import type { Bodies } from './bodies/bodies.ts';
import { EventTurn, KeySequencer, type FastLane, type Read } from './fast-lane.ts';
import type { RejectedMessages } from '../record/rejected-messages.ts';
import type { Arrival } from '../record/run.ts';
import { forwardedEvent, isOfOperation, readForwardedEvent, readPublishedEvent, readRoutedEvent } from './message.ts';
import { PartitionOwnership, type Survey } from './ownership.ts';
import { settle } from './settle.ts';

export interface ReaderParts {
  partitions: number;
  lane: FastLane;
  rejected: RejectedMessages;
  bodies: Bodies;
  /** The database's clock. */
  now: Now;
  logger: Logger;
}

export interface IntakeParts extends ReaderParts {
  /** Finds out who reads the partitions. */
  survey: Survey;
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
    const { rejected, bodies, now, logger } = this.#parts;
    const arrivedAt = now();
    const read: Read = (content, id) => {
      return isOfOperation(delivery)
        ? readForwardedEvent(delivery, content)
        : readPublishedEvent(delivery, content, { arrivedAt, id, routingKey: delivery.routingKey });
    };
    const turn = EventTurn.open(delivery, read, bodies, logger);
    if (!(turn instanceof EventTurn)) return Promise.resolve(settle(turn, delivery, rejected));
    this.ownership.arriving(delivery.signal);
    // An id that is made here is another one when the message comes again; it is kept with what is forwarded.
    if (!turn.hasOwnId) this.ownership.keepForwarding();
    const { decided } = this.ownership;
    return decided ? decided.then(() => this.#route(turn)) : this.#route(turn);
  }

  #route(turn: EventTurn): Promise<Settlement> {
    return this.ownership.isDirect ? this.#handleHere(turn) : this.#forward(turn);
  }

  #handleHere(turn: EventTurn): Promise<Settlement> {
    // One whose turn comes when events are forwarded might run beside what another executor has of its key.
    const detour = (arrival: Arrival) => (this.ownership.isDirect ? undefined : this.#send(arrival, turn.delivery));
    return this.#parts.lane.take(turn, detour);
  }

  /** Events of a key go on in the order in which sending them begins. */
  #forward(turn: EventTurn): Promise<Settlement> {
    const { partitionKey: key, isHere } = turn;
    const isNext = isHere && !this.#forwarding.has(key);
    const settled = isNext
      ? this.#sendInTurn(turn)
      : this.#forwarding.run(key, () => this.#beginToSend(turn)).then(({ sent }) => sent);
    this.ownership.forwarding(settled);
    return settled;
  }

  /** Resolves when sending has begun, and the next one of the key may follow. */
  async #beginToSend(turn: EventTurn): Promise<{ sent: Promise<Settlement> }> {
    const begun = Promise.withResolvers<undefined>();
    const begin = () => begun.resolve(undefined);
    const sent = this.#sendInTurn(turn, begin).finally(begin);
    await begun.promise;
    return { sent };
  }

  #sendInTurn(turn: EventTurn, onBegun?: () => void): Promise<Settlement> {
    const { delivery } = turn;
    if (!turn.begin()) return Promise.resolve(settle('not_begun', delivery, this.#parts.rejected));
    return turn.use((arrival) => {
      const sending = this.#send(arrival, delivery);
      onBegun?.();
      return sending;
    });
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

/** Takes the events of the partitions that this executor reads. */
export class PartitionReader {
  readonly #parts: ReaderParts;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /** It is called in the order of delivery. */
  accept(delivery: Delivery, partition: number): Promise<Settlement> {
    const { partitions, lane, rejected, bodies, now, logger } = this.#parts;
    const arrivedAt = now();
    const read: Read = (content, id) => {
      return delivery.exchange === partitionExchange
        ? readRoutedEvent(delivery, content, { arrivedAt, id }, { partition, partitions })
        : readForwardedEvent(delivery, content);
    };
    const turn = EventTurn.open(delivery, read, bodies, logger);
    return turn instanceof EventTurn ? lane.take(turn) : Promise.resolve(settle(turn, delivery, rejected));
  }
}
