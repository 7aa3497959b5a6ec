import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { DeferralCommands } from './deferral-commands.ts';
import { DeferralOperations } from './deferral-operations.ts';
import { DeferralSearch } from './deferral-search.ts';
import { DeferralsController } from './deferrals.controller.ts';

/** What waits in the slow lane. */
@Module({})
export class DeferralsModule {
  static with(runtime: DynamicModule, commands: DynamicModule, operations: DynamicModule): DynamicModule {
    return {
      module: DeferralsModule,
      imports: [runtime, commands, operations, AuditModule],
      controllers: [DeferralsController],
      providers: [DeferralSearch, DeferralCommands, DeferralOperations],
    };
  }
}
