import type { JsonObject } from '#contracts';

const host = { description: 'A node of the broker', default: 'localhost' };

export const servers: JsonObject = {
  rabbitmq: {
    host: '{host}:5672',
    protocol: 'amqp',
    protocolVersion: '0.9.1',
    description: 'RabbitMQ 3.10 or later, in a separate virtual host',
    variables: { host },
  },
  rabbitmqTls: {
    host: '{host}:5671',
    protocol: 'amqps',
    protocolVersion: '0.9.1',
    description: 'The same with TLS; the broker may require a client certificate',
    variables: { host },
  },
  target: {
    host: '{host}',
    protocol: 'http',
    description: 'The target of an HTTP handler, by http or https: its `task.url`',
    variables: { host: { description: 'Of the `task.url`', default: '127.0.0.1:5000' } },
  },
};

const brokerServers = [{ $ref: '#/servers/rabbitmq' }, { $ref: '#/servers/rabbitmqTls' }];
export const onBroker = { servers: brokerServers };
export const onTarget = { servers: [{ $ref: '#/servers/target' }] };
