import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { ExecutorsController } from '../executors/executors.controller.ts';
import { RunningExecutors } from '../executors/running-executors.ts';
import { CatalogAnnouncer } from './catalog-announcer.ts';
import { CatalogChannel } from './catalog-channel.ts';
import { CatalogController } from './catalog.controller.ts';
import { Catalog } from './catalog.service.ts';

/** The catalog, and the executors that run it. */
@Module({})
export class CatalogModule {
  static with(runtime: DynamicModule): DynamicModule {
    return {
      module: CatalogModule,
      imports: [runtime, AuditModule],
      controllers: [CatalogController, ExecutorsController],
      providers: [Catalog, CatalogAnnouncer, CatalogChannel, RunningExecutors],
      exports: [Catalog],
    };
  }
}
