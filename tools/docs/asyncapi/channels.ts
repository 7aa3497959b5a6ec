import {
  billingExchange,
  configExchange,
  eventTypes,
  intakeQueue,
  intakeTopology,
  noticeTopology,
  noticeTypes,
  partitionQueue,
  partitionTopology,
  type JsonObject,
  type Topology,
} from '#contracts';
import { eventMessageNames } from './messages.ts';
import { onBroker, onTarget } from './servers.ts';

/** Channels by name: exchanges, the queues that operators watch, and the targets of handlers. */
export function channels(): JsonObject {
  return {
    billingEvents: {
      address: '{eventType}',
      title: 'Billing events',
      description:
        'The billing system publishes events with the event type as routing key. Events with the same partition key run one after another, in the order in which the broker received them.',
      ...onBroker,
      parameters: {
        eventType: {
          enum: eventTypes.map(({ id }) => id),
          description: 'The event type, the same as `event.events_id`',
        },
      },
      messages: references(eventMessageNames()),
      bindings: onExchange(intakeTopology.exchanges.find(({ name }) => name === billingExchange)!),
    },
    routedEvents: {
      address: '{partition}',
      title: 'Billing events, by partition',
      description:
        'A publisher that computes the partition of a key itself publishes here and passes the intake. The header `partition-key` is required, and the event type is in the body. All publishers of a key use the same way.',
      ...onBroker,
      parameters: {
        partition: {
          description:
            'The first 32 bits of the SHA-1 of the key in UTF-8, as a big-endian number, modulo `PARTITIONS`',
          default: '0',
        },
      },
      messages: references(eventMessageNames()),
      bindings: onExchange(partitionTopology(1).exchanges[0]!),
    },
    changes: {
      address: '',
      title: 'Changes of handlers',
      description:
        'The registry publishes to all executors; each has its own queue. A lost message does not lose a change, because executors also check the revision.',
      ...onBroker,
      messages: references(['catalogChanged', 'catalogReload']),
      bindings: onExchange({ name: configExchange, type: 'fanout' }),
    },
    notices: {
      address: '{noticeType}',
      title: 'Notices',
      description:
        'Provisor publishes each notice of a trouble with its type as routing key, and its id as message id. Bind a queue of your own. After a crash, a notice may come again with the same id.',
      ...onBroker,
      parameters: {
        noticeType: { enum: [...noticeTypes], description: 'The type of the notice, the same as `event.events_id`' },
      },
      messages: references(noticeTypes),
      bindings: onExchange(noticeTopology.exchanges[0]!),
    },
    intake: {
      address: intakeQueue,
      title: 'The intake',
      description:
        'Receives everything that the billing system publishes. Operators watch its length. Other programs must not publish to it or consume it.',
      ...onBroker,
      bindings: onQueue(intakeTopology),
    },
    partitions: {
      address: partitionQueue(0).replace(/0$/, '{partition}'),
      title: 'The partitions',
      description:
        'Events between the intake and the executors; each queue has one consumer at a time. Operators watch their lengths. Other programs must not publish to them or consume them.',
      ...onBroker,
      parameters: { partition: { description: 'From 0 to one less than `PARTITIONS`', default: '0' } },
      bindings: onQueue(partitionTopology(1)),
    },
    handlers: {
      address: null,
      title: 'Targets of HTTP handlers',
      description: 'Each handler has its own URL. Any 2xx is a success.',
      ...onTarget,
      messages: references(['handlerCall', 'handlerCallCloudEvent']),
    },
  };
}

function references(names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]));
}

function onExchange({ name, type }: Topology['exchanges'][number]): JsonObject {
  return {
    amqp: { is: 'routingKey', exchange: { name, type, durable: true, autoDelete: false }, bindingVersion: '0.3.0' },
  };
}

/** The binding of AsyncAPI has no place for the arguments of a queue, but takes extensions. */
function onQueue({ queues: [queue] }: Topology): JsonObject {
  const { name, arguments: given } = queue!;
  const described = { name, durable: true, exclusive: false, autoDelete: false };
  return { amqp: { is: 'queue', queue: described, 'x-arguments': given, bindingVersion: '0.3.0' } };
}
