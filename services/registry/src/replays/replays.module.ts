import { Module, type DynamicModule } from '@nestjs/common';
import { ReplayPreview } from './replay-preview.ts';
import { ReplaySearch } from './replay-search.ts';
import { ReplaysController } from './replays.controller.ts';
import { Replays } from './replays.service.ts';

/** Events that are to be handled once more. */
@Module({})
export class ReplaysModule {
  static with(runtime: DynamicModule, operations: DynamicModule): DynamicModule {
    return {
      module: ReplaysModule,
      imports: [runtime, operations],
      controllers: [ReplaysController],
      providers: [Replays, ReplaySearch, ReplayPreview],
    };
  }
}
