import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { TargetSearch } from '../targets/target-search.ts';
import { HoldForecast } from './hold-forecast.ts';
import { HoldSearch } from './hold-search.ts';
import { HoldsController } from './holds.controller.ts';
import { Holds } from './holds.service.ts';

/** Periods in which handlers and targets are not called. */
@Module({})
export class HoldsModule {
  static with(runtime: DynamicModule, catalog: DynamicModule): DynamicModule {
    return {
      module: HoldsModule,
      imports: [runtime, catalog, AuditModule],
      controllers: [HoldsController],
      providers: [Holds, HoldSearch, HoldForecast, TargetSearch],
    };
  }
}
