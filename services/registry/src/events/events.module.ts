import { Module, type DynamicModule } from '@nestjs/common';
import { BrokerConnection, Publisher } from '#broker';
import { publicTopology } from '#contracts';
import { AuditModule } from '../audit/audit.module.ts';
import { RequestPreviews } from '../handlers/preview/previews.ts';
import { TopologyLink } from '../runtime/topology-link.ts';
import { EventPlanner } from './event-plan.service.ts';
import { EventPublisher } from './event-publisher.ts';
import { PublishAudit } from './publish-audit.ts';
import { ResumePlanner } from './resume-plan.ts';
import { EventTypesController } from './event-types.controller.ts';
import { EventsController } from './events.controller.ts';

@Module({})
export class EventsModule {
  static with(runtime: DynamicModule): DynamicModule {
    return {
      module: EventsModule,
      imports: [runtime, AuditModule],
      controllers: [EventsController, EventTypesController],
      providers: [
        EventPublisher,
        EventPlanner,
        ResumePlanner,
        PublishAudit,
        RequestPreviews,
        {
          provide: Publisher,
          inject: [BrokerConnection, TopologyLink],
          // With the queue, so that events are kept even if no executor was ever started.
          useFactory: (connection: BrokerConnection, topology: TopologyLink) =>
            new Publisher(connection, publicTopology, (repair) => topology.repaired(repair)),
        },
      ],
      exports: [EventPublisher],
    };
  }
}
