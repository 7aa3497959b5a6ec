import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { Gauge, Histogram, type Registry } from 'prom-client';
import { BoundedLabel } from '#observability';
import type { Situation } from './situation.ts';

/** A scraper waits no longer for a database, milliseconds; metrics of the process are reported in any case. */
const longestLookMs = 2_000;

/** Each is a time series for as long as the process runs. */
const mostHandlers = 200;

/** From an answer out of memory to the longest list, in seconds. */
const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Measures every request, by route and not by URL: there are as many series as there are routes. The name and the
 * labels are those of OpenTelemetry's semantic conventions for HTTP servers.
 */
export function measureRequests(adapter: FastifyAdapter, registry: Registry): void {
  const durations = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Requests that were answered, by method, route and status',
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
    buckets: requestBuckets,
    registers: [registry],
  });
  adapter.getInstance().addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url;
    const labels = {
      // An invented method is not the method of a route.
      http_request_method: route === undefined ? 'other' : request.method,
      http_route: route ?? 'none',
      http_response_status_code: String(reply.statusCode),
    };
    durations.observe(labels, reply.elapsedTime / 1_000);
    done();
  });
}

/**
 * What is true of the whole installation, and which the registry says for all: its database knows.
 *
 * @param look Finds it out. While it fails these metrics have no values, but for the one that says so: a zero would
 * mean something.
 */
export function describeInstallation(registry: Registry, look: () => Promise<Situation>): void {
  const registers = [registry];
  new Gauge({
    name: 'provisor_database_up',
    help: '1 when the registry could ask its database, 0 when it could not',
    registers,
    async collect() {
      this.set((await known(look)) ? 1 : 0);
    },
  });
  const gauge = (name: string, help: string, valueOf: (situation: Situation) => number): void => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const situation = await known(look);
        if (situation) this.set(valueOf(situation));
        else this.remove();
      },
    });
  };
  gauge('provisor_catalog_revision', 'Newest revision of the catalog', ({ revision }) => revision);
  gauge('provisor_executors', 'Executors that run', ({ executors }) => executors);
  gauge('provisor_executors_behind', 'Executors that run an older catalog than the newest', ({ behind }) => behind);
  gauge('provisor_deferred_keys', 'Partition keys that wait in the slow lane', ({ keys }) => keys);
  gauge('provisor_deferred_events', 'Events, and detached executions, in the slow lane', ({ events }) => events);
  const oldest = 'For how long the key waits that waits longest; 0 when none does';
  gauge('provisor_deferral_oldest_seconds', oldest, ({ oldestSeconds }) => oldestSeconds);
  const days = 'Of today and the seven days ahead, how many have their tables in the journal';
  gauge('provisor_journal_days_ready', days, ({ journalDays }) => journalDays);
  gauge('provisor_database_size_bytes', 'What the database takes on the disk', ({ databaseBytes }) => databaseBytes);
  const handlers = new BoundedLabel(mostHandlers);
  new Gauge({
    name: 'provisor_open_failures',
    help: `Open failures by handler; the first ${String(mostHandlers)} handlers have series of their own`,
    labelNames: ['handler_id'],
    registers,
    async collect() {
      const situation = await known(look);
      this.reset();
      for (const { handlerId, count } of situation?.openFailures ?? [])
        this.inc({ handler_id: handlers.of(handlerId) }, count);
    },
  });
  new Gauge({
    name: 'provisor_oldest_event_seconds',
    help: 'Since the event was received that is not done and came first, in the slow lane; 0 without one',
    labelNames: ['lane'],
    registers,
    async collect() {
      const situation = await known(look);
      if (situation) this.set({ lane: 'slow' }, situation.oldestEventSeconds);
      else this.reset();
    },
  });
}

/** Undefined when it cannot be found out, or not in time. Why, readiness says and the log. */
async function known(look: () => Promise<Situation>): Promise<Situation | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, longestLookMs, undefined)));
  try {
    return await Promise.race([look(), tooLate]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
