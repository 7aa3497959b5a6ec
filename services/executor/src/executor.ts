import type { BrokerConnection, Consumer } from '#broker';
import {
  assertOwnSessions,
  schemaIsReady,
  UnsuitableSession,
  untilAnswered,
  type DatabaseClock,
  type Pool,
} from '#database';
import type { Part, PartList } from '#lifecycle';
import { reportClock, type Logger, type Tracing } from '#observability';
import type { LiveCatalog } from './control/catalog/live-catalog.ts';
import type { DeferralWorker } from './defer/deferral-worker.ts';
import type { Allotments } from './execute/bulkhead/fleet/allotments.ts';
import type { Paces } from './execute/bulkhead/fleet/paces.ts';
import type { DatabaseWatch } from './observe/database-watch.ts';
import type { Heartbeat } from './observe/heartbeat.ts';
import type { JournalDays } from './record/journal-days.ts';
import type { Journal } from './record/journal.ts';
import type { NoticeWatch } from './control/notices/notice-watch.ts';
import type { OperationRunner } from './control/operations/operation-runner.ts';
import type { ScriptInventory } from './call/script/script-inventory.ts';

/** Where the root module keeps them. */
export const EXECUTOR_PARTS = Symbol('executor parts');

/** What an executor is made of. */
export interface ExecutorParts {
  pool: Pool;
  databaseUrl: string;
  clock: DatabaseClock;
  connections: readonly BrokerConnection[];
  catalog: LiveCatalog;
  paces: Paces;
  allotments: Allotments;
  ownership: { stop(): void };
  topology: { start(): void; stop(): Promise<void> };
  /** In the order of an event's way. */
  consumers: readonly Consumer[];
  deferrals: DeferralWorker;
  operations: OperationRunner;
  notices: NoticeWatch;
  journal: Journal;
  journalDays: JournalDays;
  /** What they hold open is closed when no more calls are made. */
  runners: readonly { close(): Promise<void> }[];
  /** There while traces are on. */
  tracing: Tracing | undefined;
  heartbeat: Heartbeat;
  databaseWatch: DatabaseWatch;
  scripts: ScriptInventory;
  logger: Logger;
}

/**
 * How long the stop of a part may take, milliseconds: each of them may wait for a database or a broker that does not
 * answer.
 */
const stopMs = {
  /** After the deadline: aborted calls receive the signal and report their end. */
  work: 6_000,
  /** What is known by then is written down. */
  lastWrites: 3_000,
  farewell: 2_500,
};

/**
 * The parts of an executor in the order of their start, from what the others stand on to what takes work.
 *
 * @param beside Further parts that take work.
 */
export function executorParts(parts: ExecutorParts, beside: readonly Part[]): PartList {
  return [database(parts), foundations(parts), journal(parts), [...work(parts), ...beside]];
}

function database({ pool, databaseUrl, logger }: ExecutorParts): Part {
  const assertSchema = async () => {
    if (!(await schemaIsReady(pool))) throw new Error('the registry has not brought the schema up to date yet');
  };
  return {
    name: 'connections to PostgreSQL',
    stopMs: stopMs.farewell,
    start: async (stopping) => {
      const unsuitable = await waited(() => unsuitability(databaseUrl), logger, stopping);
      if (unsuitable) throw unsuitable;
      await waited(assertSchema, logger, stopping);
    },
    stop: () => pool.end(),
  };
}

/** What work relies on for as long as it lasts. */
function foundations(parts: ExecutorParts): Part[] {
  const { clock, catalog, allotments, journalDays, runners, tracing, connections, heartbeat, logger } = parts;
  return [
    {
      name: 'clock',
      stopMs: stopMs.farewell,
      start: async (stopping) => {
        await waited(() => clock.measure(), logger, stopping);
        clock.start(reportClock(logger));
      },
      stop: () => clock.stop(),
    },
    {
      name: 'catalog',
      stopMs: stopMs.farewell,
      start: (stopping) => waited(() => catalog.start(), logger, stopping),
      stop: () => catalog.stop(),
    },
    {
      name: 'days of the journal',
      stopMs: stopMs.farewell,
      start: () => journalDays.start(),
      stop: () => journalDays.stop(),
    },
    { name: 'slots of targets', stopMs: stopMs.farewell, stop: () => allotments.close() },
    { name: 'calls', stopMs: stopMs.farewell, stop: () => Promise.all(runners.map((runner) => runner.close())) },
    { name: 'traces', stopMs: stopMs.farewell, stop: () => tracing?.stop() },
    {
      name: 'connections to RabbitMQ',
      stopMs: stopMs.farewell,
      stop: () => Promise.all(connections.map((connection) => connection.close())),
    },
    // A row that stays behind is taken for a dead executor's when it is old.
    { name: 'heartbeat', stopMs: stopMs.farewell, start: () => heartbeat.start(), stop: () => heartbeat.stop() },
  ];
}

function journal({ journal: writer, logger }: ExecutorParts): Part {
  return {
    name: 'journal',
    stopMs: stopMs.lastWrites,
    stop: async (deadline) => {
      if (deadline.aborted) logger.warn('shutdown timeout reached: in-flight calls aborted, events requeued');
      await writer.flush();
    },
  };
}

/**
 * What takes work, and watches over it. All stop side by side: a broker that does not answer must not take time from
 * what runs.
 */
function work(parts: ExecutorParts): Part[] {
  const { scripts, paces, allotments, deferrals, consumers, ownership, topology, operations, notices } = parts;
  const { databaseWatch, heartbeat } = parts;
  const finishing = { stopMs: stopMs.work, finishesWork: true } as const;
  return [
    { name: 'notice of the stop', stopMs: stopMs.farewell, stop: () => heartbeat.drain() },
    {
      // What waits for a target does so in the slow lane from now on.
      name: 'limits of targets',
      stopMs: stopMs.farewell,
      stop: () => {
        paces.stop();
        allotments.stop();
      },
    },
    { name: 'list of scripts', stopMs: stopMs.farewell, start: () => scripts.start(), stop: () => scripts.stop() },
    { name: 'slow lane', ...finishing, start: () => deferrals.start(), stop: (deadline) => deferrals.stop(deadline) },
    {
      name: 'events',
      ...finishing,
      start: () => {
        for (const consumer of consumers) consumer.start();
      },
      stop: (deadline) => {
        ownership.stop();
        return Promise.all(consumers.map((consumer) => consumer.stop(deadline)));
      },
    },
    {
      name: 'watch over the topology',
      stopMs: stopMs.farewell,
      start: () => topology.start(),
      stop: () => topology.stop(),
    },
    { name: 'operations', ...finishing, start: () => operations.start(), stop: () => operations.stop() },
    { name: 'notices', ...finishing, start: () => notices.start(), stop: () => notices.stop() },
    {
      name: 'watch over the database',
      ...finishing,
      start: () => databaseWatch.start(),
      stop: () => databaseWatch.stop(),
    },
  ];
}

/** Waits for a database that is away, until the stop. */
function waited<T>(question: () => Promise<T>, logger: Logger, stopping: AbortSignal): Promise<T> {
  return untilAnswered(question, (error) => logger.warn({ err: error }, 'waiting for the database'), stopping);
}

/** Returned and not thrown: what is thrown is waited out. */
async function unsuitability(databaseUrl: string): Promise<UnsuitableSession | undefined> {
  try {
    await assertOwnSessions(databaseUrl);
    return undefined;
  } catch (error) {
    if (error instanceof UnsuitableSession) return error;
    throw error;
  }
}
