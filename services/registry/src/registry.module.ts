import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Registry } from 'prom-client';
import { dataSourceOptions } from '#orm';
import type { Logger, Tracing } from '#observability';
import type { RegistrySettings } from '#settings';
import { AccessModule } from './access/access.module.ts';
import { CatalogModule } from './catalog/catalog.module.ts';
import { CommandsModule } from './commands/commands.module.ts';
import { DeferralsModule } from './deferrals/deferrals.module.ts';
import { EventsModule } from './events/events.module.ts';
import { FailuresModule } from './failures/failures.module.ts';
import { HandlersModule } from './handlers/handlers.module.ts';
import { HealthModule } from './health/health.module.ts';
import { HoldsModule } from './holds/holds.module.ts';
import { InputPipe } from './http/input.pipe.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { JournalModule } from './journal/journal.module.ts';
import { MetricsModule } from './metrics/metrics.module.ts';
import { NoticesModule } from './notices/notices.module.ts';
import { OperationsModule } from './operations/operations.module.ts';
import { OverviewModule } from './overview/overview.module.ts';
import { RecipesModule } from './recipes/recipes.module.ts';
import { ReplaysModule } from './replays/replays.module.ts';
import { connectDatabase } from './runtime/database-connection.ts';
import { RuntimeModule } from './runtime/runtime.module.ts';
import { TargetsModule } from './targets/targets.module.ts';

/** The composition root of the registry. */
@Module({})
export class RegistryModule {
  static with(settings: RegistrySettings, logger: Logger, metrics: Registry, tracing?: Tracing): DynamicModule {
    const runtime = RuntimeModule.with(settings, logger, metrics, tracing);
    const catalog = CatalogModule.with(runtime);
    const commands = CommandsModule.with(runtime);
    const operations = OperationsModule.with(runtime, commands);
    const journal = JournalModule.with(runtime);
    const events = EventsModule.with(runtime);
    return {
      module: RegistryModule,
      imports: [
        TypeOrmModule.forRootAsync({
          // What can be waited for is waited for in connectDatabase; the module's own retries would hide what cannot.
          useFactory: () => ({ ...dataSourceOptions(settings.databaseUrl), toRetry: () => false }),
          dataSourceFactory: (options) =>
            connectDatabase(options!, settings.databaseUrl, settings.migrationDatabaseUrl, logger),
        }),
        runtime,
        catalog,
        AccessModule.with(runtime),
        HandlersModule.with(runtime, catalog, commands),
        TargetsModule.with(runtime, catalog, commands),
        HoldsModule.with(runtime, catalog),
        events,
        NoticesModule.with(runtime, events, metrics),
        journal,
        operations,
        DeferralsModule.with(runtime, commands, operations),
        FailuresModule.with(runtime, operations, journal),
        ReplaysModule.with(runtime, operations),
        OverviewModule.with(catalog),
        RecipesModule.with(runtime),
        HealthModule.with(runtime),
        MetricsModule.with(metrics),
      ],
      providers: [
        ProblemFilter,
        { provide: APP_FILTER, useExisting: ProblemFilter },
        { provide: APP_PIPE, useClass: InputPipe },
      ],
    };
  }
}
