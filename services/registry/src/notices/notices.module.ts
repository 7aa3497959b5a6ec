import { Module, type DynamicModule } from '@nestjs/common';
import { Counter, type Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { BrokerConnection, Publisher } from '#broker';
import { noticesOf, noticeTopology } from '#contracts';
import { EventPublisher } from '../events/event-publisher.ts';
import type { Logger } from '#observability';
import type { RegistrySettings } from '#settings';
import { LOGGER, SETTINGS } from '../runtime/tokens.ts';
import { TopologyLink } from '../runtime/topology-link.ts';
import { AbsenceSender } from './absence-sender.ts';
import { AbsenceWatch } from './absence-watch.ts';
import { NoticeSearch } from './notice-search.ts';
import { NoticesController } from './notices.controller.ts';

/** What Provisor tells of troubles; that no executor runs, the registry tells itself. */
@Module({})
export class NoticesModule {
  static with(runtime: DynamicModule, events: DynamicModule, metrics: Registry): DynamicModule {
    return {
      module: NoticesModule,
      imports: [runtime, events],
      controllers: [NoticesController],
      providers: [
        NoticeSearch,
        {
          provide: AbsenceWatch,
          inject: [DataSource, AbsenceSender, SETTINGS, LOGGER],
          useFactory: (database: DataSource, sender: AbsenceSender, settings: RegistrySettings, logger: Logger) =>
            new AbsenceWatch({ database, sender, settings, logger }),
        },
        {
          provide: AbsenceSender,
          inject: [EventPublisher, BrokerConnection, TopologyLink],
          useFactory: (publisher: EventPublisher, connection: BrokerConnection, topology: TopologyLink) => {
            const exchange = new Publisher(connection, noticeTopology, (repair) => topology.repaired(repair));
            return new AbsenceSender(publisher, exchange, noticeCounter(metrics));
          },
        },
      ],
    };
  }
}

function noticeCounter(metrics: Registry): Counter<'type'> {
  const counter = new Counter({
    name: 'provisor_notices_total',
    help: 'Notices that were sent, by type',
    labelNames: ['type'],
    registers: [metrics],
  });
  for (const type of Object.values(noticesOf.executors)) counter.inc({ type }, 0);
  return counter;
}
