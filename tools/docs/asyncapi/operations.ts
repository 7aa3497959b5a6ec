import type { JsonObject } from '#contracts';

const amqp = (binding: JsonObject): JsonObject => ({ amqp: { ...binding, bindingVersion: '0.3.0' } });

/** What Provisor does, as AsyncAPI sees it: it receives what others send. */
export const operations: JsonObject = {
  receiveEvents: {
    action: 'receive',
    channel: { $ref: '#/channels/billingEvents' },
    summary: 'Takes what the billing system publishes, and runs the handlers of its event type',
    description:
      'Publish persistent messages, with confirms and `mandatory`. What is no event is kept with the reason (`GET /api/v1/rejected`).',
    bindings: amqp({ deliveryMode: 2, mandatory: true, ack: true }),
  },
  announceChanges: {
    action: 'send',
    channel: { $ref: '#/channels/changes' },
    summary: 'Tells every executor that handlers have changed, or that it is to load them again',
    bindings: amqp({ ack: false }),
  },
  callHandler: {
    action: 'send',
    channel: { $ref: '#/channels/handlers' },
    summary: 'Calls an HTTP handler for an event, with its method, which is POST unless it says otherwise',
    bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
  },
};
