export { AmqpClient, type AmqpClientOptions } from './amqp-client.ts';
export { AmqpServer, type AmqpServerOptions } from './amqp-server.ts';
export { AmqpRecord } from './amqp-record.ts';
export { AnswerFault } from './packets.ts';
