import type { Prometheus } from './prometheus.ts';
import type { Stage } from './stage.ts';

/** Something that goes wrong, and what has to be told. */
export interface Fault {
  readonly name: string;
  readonly alerts: readonly string[];
  readonly begin: (stage: Stage, prometheus: Prometheus) => Promise<void>;
  /** Makes it good again. */
  readonly end?: (stage: Stage, prometheus: Prometheus) => Promise<void> | void;
}

const minuteMs = 60_000;

export const faults: readonly Fault[] = [
  {
    name: 'billing sends what is no JSON',
    alerts: ['ProvisorRejectsMessages'],
    begin: (stage) => stage.publishRaw('clients.update', 'no JSON'),
  },
  {
    name: 'billing sends with an expiration',
    alerts: ['ProvisorMessagesExpire'],
    begin: (stage) => stage.publishRaw('clients.update', eventAt(0), { expiration: '600000' }),
  },
  {
    name: 'billing sends events of ten minutes ago',
    alerts: ['ProvisorLagsBehind'],
    begin: async (stage) => {
      for (let n = 0; n < 10; n++) await stage.publishRaw('clients.update', eventAt(10 * minuteMs));
    },
  },
  {
    name: 'a target refuses what it is sent',
    alerts: ['ProvisorEventsFail'],
    begin: (stage) => stage.publish('clients.create', 30),
  },
  {
    name: 'a target is dead',
    alerts: ['ProvisorCircuitOpen', 'ProvisorWaitsLong', 'ProvisorEventOverdue'],
    begin: (stage) => stage.publish('clients.delete', 60),
  },
  {
    name: 'somebody deletes a queue',
    alerts: ['ProvisorTopologyRepaired'],
    begin: (stage) => stage.deleteQueue('provisor.events.15'),
  },
  {
    name: 'the table of a day is gone',
    alerts: ['ProvisorJournalDayMissing'],
    begin: async (stage) => {
      await stage.onDatabase(
        `do $$ begin execute 'drop table events' || to_char(now() + interval '5 days', '_YYYYMMDD'); end $$`,
      );
    },
    end: async (stage) => {
      await stage.onDatabase(`select make_journal_day('events', (now() + interval '5 days')::date)`);
    },
  },
  {
    name: 'an executor stands still, and a handler is changed',
    alerts: ['ProvisorExecutorsBehind', 'ProvisorTargetDown'],
    begin: async (stage) => {
      process.kill(stage.executors[1]!.process.pid, 'SIGSTOP');
      const { items } = await stage.installation.json<{ items: { id: string }[] }>('GET', '/handlers');
      await stage.installation.json('PATCH', `/handlers/${items[0]!.id}`, { description: 'changed' });
    },
    end: (stage) => {
      process.kill(stage.executors[1]!.process.pid, 'SIGCONT');
    },
  },
  {
    name: 'an executor dies',
    alerts: ['ProvisorTargetDown', 'ProvisorFewExecutors'],
    begin: (stage) => stage.executors[1]!.process.kill(),
    end: async (stage, prometheus) => {
      await stage.replaceExecutor(1, 5 * minuteMs);
      await prometheus.scrape(stage.targets);
    },
  },
  { name: 'the clock of the one in its place is wrong', alerts: ['ProvisorClockSkew'], begin: () => Promise.resolve() },
  {
    name: 'the connections of the executors to PostgreSQL hang',
    alerts: ['ProvisorEventHeld', 'ProvisorWorkStalls', 'ProvisorQueueOld'],
    begin: async (stage) => {
      // Some are being handled, and wait for the journal; none of those that follow gets that far.
      await stage.publish('clients.update', 5_000);
      await stage.freezeDatabaseOfExecutors();
      await stage.publish('clients.update', 5_000);
    },
    end: (stage) => stage.thawDatabase(),
  },
  // What was written meanwhile took as long.
  { name: 'they hang no more', alerts: ['ProvisorJournalSlow'], begin: () => Promise.resolve() },
  {
    name: 'PostgreSQL is away',
    alerts: ['ProvisorDatabaseAway'],
    begin: ({ installation }) => installation.servers.postgres!.stop(),
    end: ({ installation }) => installation.servers.postgres!.start(),
  },
  {
    name: 'RabbitMQ is away',
    alerts: ['ProvisorBrokerAway'],
    begin: ({ installation }) => installation.servers.rabbitmq!.kill(),
    end: async (stage) => {
      await stage.installation.servers.rabbitmq!.start();
      await stage.connectBilling();
    },
  },
  {
    name: 'Prometheus is not told of the executors',
    alerts: ['ProvisorNotScraped'],
    begin: async (stage, prometheus) => {
      await prometheus.scrape({ ...stage.targets, 'provisor-executor': [] });
    },
    end: (stage, prometheus) => prometheus.scrape(stage.targets),
  },
  {
    name: 'all executors die',
    alerts: ['ProvisorNoExecutors', 'ProvisorQueueUnread', 'ProvisorIntakeBacklog'],
    begin: async (stage) => {
      for (const executor of stage.executors) await executor.process.kill();
      await stage.publish('clients.update', 1_000);
    },
  },
  {
    name: 'an exchange of another type is in the way',
    alerts: ['ProvisorTopologyInTheWay'],
    begin: async (stage) => stage.putExchangeInTheWay(),
  },
];

/** What no fault here makes fire: it needs the disk of a machine. */
export const notHere = ['ProvisorDiskFills'];

function eventAt(agoMs: number): string {
  const dt = new Date(Date.now() - agoMs).toISOString();
  return JSON.stringify({ event: { dt, events_id: 'clients.update', object_id: 1 }, data: {} });
}
