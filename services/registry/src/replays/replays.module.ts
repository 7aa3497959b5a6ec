import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { ReplayPreview } from './replay-preview.ts';
import { ReplaySearch } from './replay-search.ts';
import { ReplaysController } from './replays.controller.ts';
import { Replays } from './replays.service.ts';

/** Events that are to be handled once more. */
@Module({})
export class ReplaysModule {
  static with(runtime: DynamicModule, commands: DynamicModule): DynamicModule {
    return {
      module: ReplaysModule,
      imports: [runtime, commands, AuditModule],
      controllers: [ReplaysController],
      providers: [Replays, ReplaySearch, ReplayPreview],
    };
  }
}
