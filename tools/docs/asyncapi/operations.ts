import type { JsonObject } from '#contracts';

const amqp = (binding: JsonObject): JsonObject => ({ amqp: { ...binding, bindingVersion: '0.3.0' } });

/** Operations from the point of view of Provisor: it receives what others send. */
export const operations: JsonObject = {
  receiveEvents: {
    action: 'receive',
    channel: { $ref: '#/channels/billingEvents' },
    summary: 'Receives events of the billing system, and runs the handlers of their event types',
    description:
      'Publish persistent messages, with confirms and `mandatory`. A message that is not a valid event is stored with the reason (`GET /api/v1/rejected`).',
    bindings: amqp({ deliveryMode: 2, mandatory: true, ack: true }),
  },
  announceChanges: {
    action: 'send',
    channel: { $ref: '#/channels/changes' },
    summary: 'Tells every executor that handlers have changed, or that it must reload them',
    bindings: amqp({ ack: false }),
  },
  sendNotices: {
    action: 'send',
    channel: { $ref: '#/channels/notices' },
    summary: 'Reports a trouble, and its end, to other systems',
    bindings: amqp({ deliveryMode: 2, ack: true }),
  },
  callHandler: {
    action: 'send',
    channel: { $ref: '#/channels/handlers' },
    summary: 'Calls an HTTP handler for an event, with the method of the handler, by default POST',
    bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
  },
};
