import { Counter, Gauge, type Registry } from 'prom-client';

/** Whether RabbitMQ has what a service needs, and how often something of it was missing. */
export class TopologyMetrics {
  readonly #repairs: Counter<'kind'>;

  /** @param isSound Whether there is no conflict that cannot be repaired. */
  constructor(registry: Registry, isSound: () => boolean) {
    const registers = [registry];
    this.#repairs = new Counter({
      name: 'provisor_topology_repairs_total',
      help: 'Exchanges, queues and bindings that were missing in RabbitMQ and were declared again',
      labelNames: ['kind'],
      registers,
    });
    // So that the first one is an increase.
    for (const kind of ['exchange', 'queue', 'binding']) this.#repairs.inc({ kind }, 0);
    new Gauge({
      name: 'provisor_topology_sound',
      help: '1 unless an exchange or a queue exists with other properties than it should have',
      registers,
      collect() {
        this.set(isSound() ? 1 : 0);
      },
    });
  }

  repaired(kind: string): void {
    this.#repairs.inc({ kind });
  }
}
