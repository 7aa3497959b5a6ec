import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { ExtractTargetController } from './extraction/extract-target.controller.ts';
import { TargetExtraction } from './extraction/target-extraction.ts';
import { TargetProbe } from './target-probe.ts';
import { TargetProbeController } from './target-probe.controller.ts';
import { TargetSearch } from './target-search.ts';
import { TargetsController } from './targets.controller.ts';
import { Targets } from './targets.service.ts';

/** The HTTP systems that handlers call. */
@Module({})
export class TargetsModule {
  static with(runtime: DynamicModule, catalog: DynamicModule, commands: DynamicModule): DynamicModule {
    return {
      module: TargetsModule,
      imports: [runtime, catalog, commands, AuditModule],
      controllers: [TargetsController, TargetProbeController, ExtractTargetController],
      providers: [Targets, TargetSearch, TargetProbe, TargetExtraction],
    };
  }
}
