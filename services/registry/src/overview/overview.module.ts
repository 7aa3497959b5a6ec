import { ClockModule } from '../runtime/clock.module.ts';
import { Module, type DynamicModule } from '@nestjs/common';
import { RunningExecutors } from '../executors/running-executors.ts';
import { HoldSearch } from '../holds/hold-search.ts';
import { HandlerOutcomesController } from './handler-outcomes.controller.ts';
import { HandlerOutcomes } from './handler-outcomes.service.ts';
import { JournalCounts } from './journal-counts.ts';
import { OverviewController } from './overview.controller.ts';
import { Overview } from './overview.service.ts';

/** Figures of the journal, for those who want to know how things stand. */
@Module({})
export class OverviewModule {
  static with(catalog: DynamicModule): DynamicModule {
    return {
      module: OverviewModule,
      imports: [catalog, ClockModule],
      controllers: [OverviewController, HandlerOutcomesController],
      providers: [JournalCounts, Overview, HandlerOutcomes, RunningExecutors, HoldSearch],
    };
  }
}
