import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { eventStatuses, eventTypes, noticesOf, noticeTypes, rejectionReasons, type CircuitReport } from '#contracts';
import type { DatabaseClock, Now } from '#database';
import { BoundedLabel } from '#observability';
import type { JournalObserver } from '../record/journal.ts';
import type { Attempt, EventEnd, Run } from '../record/run.ts';

/** More handlers than this share a series; with 13 buckets and 3 outcomes each has 45 lines. */
const mostHandlers = 200;

/** From what a local script takes to the longest that people wait for, in seconds. */
const callBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const writeBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const entryBuckets = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
/** From events that come at once to backlogs of days. */
const lagBuckets = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300, 1_800, 3_600, 21_600, 86_400];

/** The registry reports that no executor runs. */
const noticesOfExecutors = noticeTypes.filter(
  (type) => type !== noticesOf.executors.begins && type !== noticesOf.executors.ends,
);

/** Metrics that are read on a scrape. */
export interface Gauges {
  clock: Pick<DatabaseClock, 'isSet' | 'now'>;
  /** Events that are being handled. */
  inFlight: () => number;
  /** For how long the message is held that came first. */
  oldestHeldMs: () => number;
  revision: () => number;
  circuits: () => readonly CircuitReport[];
  isDirect: () => boolean;
  /** By what they are for: whether the connection to the broker is there. */
  brokerConnections: Readonly<Record<string, () => boolean>>;
  /** By kind of work: for how long the oldest waits for the database, milliseconds. */
  stalledMs: Readonly<Record<string, () => number>>;
  databaseConnections: () => { total: number; idle: number; waiting: number };
}

/**
 * What happens to events, counted where it is written down. Names follow Prometheus' conventions; times are seconds.
 */
export class ExecutorMetrics implements JournalObserver {
  readonly #handlers = new BoundedLabel(mostHandlers);
  readonly #events: Counter<'type' | 'result'>;
  readonly #resumed: Counter<'result'>;
  readonly #rejected: Counter<'reason'>;
  readonly #expiring: Counter;
  readonly #notices: Counter<'type'>;
  readonly #attempts: Histogram<'handler_id' | 'task' | 'outcome'>;
  readonly #lag: Histogram;
  readonly #completion: Histogram;
  readonly #now: Now;
  readonly #journalEntries: Histogram;
  readonly #journalSeconds: Histogram;
  /** By `performance.now()`. */
  #catalogLoadedAt: number | undefined;
  readonly #registers: Registry[];

  /** @param now The database's clock. */
  constructor(registry: Registry, now: Now) {
    const registers = [registry];
    this.#now = now;
    this.#registers = registers;
    this.#events = new Counter({
      name: 'provisor_events_total',
      help:
        'Events that left the fast lane, by type and by what became of them: succeeded, failed, waiting (in the slow ' +
        'lane), duplicate',
      labelNames: ['type', 'result'],
      registers,
    });
    this.#resumed = new Counter({
      name: 'provisor_deferrals_ended_total',
      help: 'Events, and detached executions, that came to their end in the slow lane',
      labelNames: ['result'],
      registers,
    });
    this.#rejected = new Counter({
      name: 'provisor_rejected_messages_total',
      help: 'Messages that were no events, by reason',
      labelNames: ['reason'],
      registers,
    });
    this.#expiring = new Counter({
      name: 'provisor_expiring_messages_total',
      help: 'Messages that were published with an expiration, and arrived before it; others like them may be lost',
      registers,
    });
    this.#notices = new Counter({
      name: 'provisor_notices_total',
      help: 'Notices that were sent, by type',
      labelNames: ['type'],
      registers,
    });
    // What is known to come stands at 0 from the beginning: to Prometheus a series that begins with 1 has not
    // increased.
    for (const { id: type } of eventTypes) for (const result of eventStatuses) this.#events.inc({ type, result }, 0);
    for (const result of ['succeeded', 'failed']) this.#resumed.inc({ result }, 0);
    for (const reason of rejectionReasons) this.#rejected.inc({ reason }, 0);
    for (const type of noticesOfExecutors) this.#notices.inc({ type }, 0);
    this.#attempts = new Histogram({
      name: 'provisor_attempt_duration_seconds',
      help:
        'Attempts by handler, kind of task and outcome; ' +
        `the first ${String(mostHandlers)} handlers have series of their own`,
      labelNames: ['handler_id', 'task', 'outcome'],
      buckets: callBuckets,
      registers,
    });
    this.#lag = new Histogram({
      name: 'provisor_delivery_lag_seconds',
      help: 'From the time that an event says it happened until it was admitted; its own clock counts',
      buckets: lagBuckets,
      registers,
    });
    this.#completion = new Histogram({
      name: 'provisor_event_completion_seconds',
      help:
        'From the arrival of an event until all of it was done: calls, retries and waiting; a detached execution ' +
        'counts by itself',
      buckets: lagBuckets,
      registers,
    });
    this.#journalEntries = new Histogram({
      name: 'provisor_journal_batch_entries',
      help: 'Rows in one statement of the journal',
      buckets: entryBuckets,
      registers,
    });
    this.#journalSeconds = new Histogram({
      name: 'provisor_journal_write_seconds',
      help:
        'From the sending of a statement of the journal until it was committed, with the waiting for a database that ' +
        'was away',
      buckets: writeBuckets,
      registers,
    });
  }

  event({ event, receivedAt, replay }: Run, { status }: EventEnd): void {
    this.#events.inc({ type: event.type, result: status });
    // A replayed event is as old as it is.
    if (!replay) this.#lag.observe(Math.max(receivedAt.getTime() - event.occurredAt, 0) / 1_000);
    if (status === 'succeeded' || status === 'failed') this.#completed(receivedAt);
  }

  /** An event, or a detached execution, has ended in the slow lane. */
  ended({ receivedAt }: Run, failed: boolean): void {
    this.#resumed.inc({ result: failed ? 'failed' : 'succeeded' });
    this.#completed(receivedAt);
  }

  #completed(receivedAt: Date): void {
    this.#completion.observe(Math.max(this.#now() - receivedAt.getTime(), 0) / 1_000);
  }

  attempt({ handlerId, taskType, durationMs, result }: Attempt): void {
    const labels = { handler_id: this.#handlers.of(handlerId), task: taskType, outcome: result.outcome.kind };
    this.#attempts.observe(labels, durationMs / 1_000);
  }

  rejected(reason: string): void {
    this.#rejected.inc({ reason });
  }

  noticeSent(type: string): void {
    this.#notices.inc({ type });
  }

  expiring(): void {
    this.#expiring.inc();
  }

  written(entries: number, milliseconds: number): void {
    this.#journalEntries.observe(entries);
    this.#journalSeconds.observe(milliseconds / 1_000);
  }

  catalogLoaded(): void {
    this.#catalogLoadedAt = performance.now();
  }

  /** Adds metrics that are read only on a scrape. */
  watch(gauges: Gauges): void {
    const registers = this.#registers;
    const handlers = this.#handlers;
    const targets = new BoundedLabel(mostHandlers);
    const gauge = (name: string, help: string, value: () => number): void => {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(value());
        },
      });
    };
    gauge('provisor_events_in_flight', 'Events that are being handled, in either lane', gauges.inFlight);
    new Gauge({
      name: 'provisor_oldest_event_seconds',
      help: 'For how long the event that is not done has been held that came first, in the fast lane; 0 without one',
      labelNames: ['lane'],
      registers,
      collect() {
        this.set({ lane: 'fast' }, gauges.oldestHeldMs() / 1_000);
      },
    });
    gauge('provisor_catalog_revision', 'Revision of the catalog in force', gauges.revision);
    gauge('provisor_direct_dispatch', '1 while events are handled where they are taken in', () =>
      gauges.isDirect() ? 1 : 0,
    );
    const catalogAgeMs = () => performance.now() - (this.#catalogLoadedAt ?? NaN);
    new Gauge({
      name: 'provisor_catalog_loaded_timestamp_seconds',
      help: 'When the catalog in force came into force, Unix time',
      registers,
      collect() {
        const { clock } = gauges;
        if (clock.isSet && !Number.isNaN(catalogAgeMs())) this.set((clock.now() - catalogAgeMs()) / 1_000);
        else this.remove();
      },
    });
    new Gauge({
      name: 'provisor_circuit_open',
      help:
        '1 while nearly all calls of a handler, or of a target, fail; those whose circuit never opened have no ' +
        'series',
      labelNames: ['handler_id', 'target_id'],
      registers,
      collect() {
        this.reset();
        for (const { handlerId, targetId, open } of gauges.circuits()) {
          const labels =
            targetId === undefined ? { handler_id: handlers.of(handlerId!) } : { target_id: targets.of(targetId) };
          this.inc(labels, open ? 1 : 0);
        }
      },
    });
    new Gauge({
      name: 'provisor_broker_connected',
      help: '1 while the connection to RabbitMQ can be used, by what it is for',
      labelNames: ['connection'],
      registers,
      collect() {
        for (const [connection, connected] of Object.entries(gauges.brokerConnections)) {
          this.set({ connection }, connected() ? 1 : 0);
        }
      },
    });
    new Gauge({
      name: 'provisor_stalled_seconds',
      help: 'For how long work has been waiting for the database, by kind: journal, gate; 0 while it gets on',
      labelNames: ['work'],
      registers,
      collect() {
        for (const [work, stalledMs] of Object.entries(gauges.stalledMs)) this.set({ work }, stalledMs() / 1_000);
      },
    });
    new Gauge({
      name: 'provisor_database_connections',
      help: 'Connections to PostgreSQL: all, idle ones, and statements that wait for one',
      labelNames: ['state'],
      registers,
      collect() {
        for (const [state, count] of Object.entries(gauges.databaseConnections())) this.set({ state }, count);
      },
    });
  }
}
