import type { Abstract, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BrokerConnection } from '#broker';
import { DatabaseClock } from '#database';
import type { Part, PartList } from '#lifecycle';
import { reportClock, type Logger, type Tracing } from '#observability';
import type { RegistrySettings } from '#settings';
import { FirstKey } from './access/keys/first-key.ts';
import { CatalogAnnouncer } from './catalog/catalog-announcer.ts';
import { CatalogChannel } from './catalog/catalog-channel.ts';
import { Catalog } from './catalog/catalog.service.ts';
import { CommandChannel } from './commands/command-channel.ts';
import { EventPublisher } from './events/event-publisher.ts';
import { PublishAudit } from './events/publish-audit.ts';
import { AbsenceWatch } from './notices/absence-watch.ts';
import { TopologyLink } from './runtime/topology-link.ts';

/** How long the stop of a part may take, milliseconds. */
const stopMs = {
  /** After the deadline: requests that are cut off have gone. */
  requests: 2_000,
  /** Each may wait for a broker or a collector that does not answer. */
  farewell: 3_000,
  /** Statements that hang are given up by then. */
  application: 10_000,
};

/** What the registry is made of. */
export interface RegistryMaterial {
  readonly app: NestFastifyApplication;
  readonly settings: RegistrySettings;
  readonly logger: Logger;
  /** There while traces are on. */
  readonly tracing: Tracing | undefined;
}

/** The parts of the registry in the order of their start: what requests stand on, and then the requests. */
export function registryParts(material: RegistryMaterial): PartList {
  return [
    // Its end closes the connections to PostgreSQL.
    { name: 'application', stopMs: stopMs.application, stop: () => material.app.close() },
    outlets(material),
    watches(material),
    requests(material),
  ];
}

/** By what the registry speaks to others. */
function outlets({ app, tracing }: RegistryMaterial): Part[] {
  return [
    { name: 'traces', stopMs: stopMs.farewell, stop: () => tracing?.stop() },
    { name: 'connection to RabbitMQ', stopMs: stopMs.farewell, stop: () => find(app, BrokerConnection).close() },
    { name: 'channel for commands', stopMs: stopMs.farewell, stop: () => find(app, CommandChannel).stop() },
    {
      name: 'channel to executors',
      stopMs: stopMs.farewell,
      start: () => find(app, Catalog).start(),
      stop: () => {
        find(app, CatalogAnnouncer).stop();
        return find(app, CatalogChannel).stop();
      },
    },
  ];
}

function watches({ app, logger }: RegistryMaterial): Part[] {
  const clock = find(app, DatabaseClock);
  const topology = find(app, TopologyLink);
  const publisher = find(app, EventPublisher);
  return [
    {
      name: 'clock',
      stopMs: stopMs.farewell,
      start: () => clock.start(reportClock(logger)),
      stop: () => clock.stop(),
    },
    {
      name: 'watch over the topology',
      stopMs: stopMs.farewell,
      start: () => topology.start(),
      stop: () => topology.stop(),
    },
    { name: 'audit of published events', stopMs: stopMs.farewell, stop: () => find(app, PublishAudit).stop() },
    {
      name: 'publisher of events',
      stopMs: stopMs.farewell,
      start: () => publisher.start(),
      stop: () => publisher.stop(),
    },
    {
      name: 'watch over executors',
      stopMs: stopMs.farewell,
      start: () => find(app, AbsenceWatch).start(),
      stop: () => find(app, AbsenceWatch).stop(),
    },
  ];
}

/**
 * Takes no more requests at its stop, and answers those that it has. Those that are not answered by the deadline are
 * cut off.
 */
function requests({ app, settings, logger }: RegistryMaterial): Part {
  return {
    name: 'requests',
    stopMs: stopMs.requests,
    finishesWork: true,
    start: async () => {
      await find(app, FirstKey).ensure();
      await app.listen(settings.port, settings.host);
      logger.info({ url: await app.getUrl() }, 'serving the REST API and the console');
    },
    stop: async (deadline) => {
      const server = app.getHttpServer();
      const cutOff = () => {
        logger.warn('shutdown timeout reached: open requests aborted');
        server.closeAllConnections();
      };
      deadline.addEventListener('abort', cutOff, { once: true });
      await app.getHttpAdapter().getInstance().close();
      deadline.removeEventListener('abort', cutOff);
    },
  };
}

/** A provider of any of the modules. */
function find<T>(app: NestFastifyApplication, type: Type<T> | Abstract<T>): T {
  return app.get(type, { strict: false });
}
