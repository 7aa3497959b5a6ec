export * from './connection.ts';
export * from './consumer.ts';
export type { ConsumerOptions, Subscription } from './consumer-options.ts';
export * from './declare.ts';
export * from './delivery.ts';
export * from './errors.ts';
export * from './publisher.ts';
export * from './report-connection.ts';
