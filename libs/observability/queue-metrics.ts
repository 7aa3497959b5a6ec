import { Gauge, type Registry } from 'prom-client';

/** A queue of RabbitMQ as a service has seen it last. */
export interface ObservedQueue {
  readonly queue: string;
  readonly messages: number;
  readonly consumers: number;
  /** Milliseconds; undefined where it is not known. */
  readonly ageMs: number | undefined;
}

/**
 * What waits in the queues of RabbitMQ, for how long, and who reads them; those that were not seen lately have no
 * series.
 */
export function observeQueues(registry: Registry, report: () => readonly ObservedQueue[]): void {
  const gauge = (name: string, help: string, valueOf: (queue: ObservedQueue) => number | undefined): void => {
    new Gauge({
      name,
      help,
      labelNames: ['queue'],
      registers: [registry],
      collect() {
        this.reset();
        for (const seen of report()) {
          const value = valueOf(seen);
          if (value !== undefined) this.set({ queue: seen.queue }, value);
        }
      },
    });
  };
  gauge('provisor_queue_messages', 'Messages that wait in a queue of RabbitMQ', ({ messages }) => messages);
  gauge(
    'provisor_queue_readers',
    'Executors that have subscribed to a queue of RabbitMQ',
    ({ consumers }) => consumers,
  );
}

/** As above, for who reads the queues. */
export function observeQueueAges(registry: Registry, report: () => readonly ObservedQueue[]): void {
  new Gauge({
    name: 'provisor_queue_age_seconds',
    help: 'How long the oldest message of a queue has waited at most; of several executors the smallest counts',
    labelNames: ['queue'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { queue, ageMs } of report()) if (ageMs !== undefined) this.set({ queue }, ageMs / 1_000);
    },
  });
}
