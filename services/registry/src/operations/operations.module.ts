import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { OperationSearch } from './operation-search.ts';
import { OperationsController } from './operations.controller.ts';
import { Operations } from './operations.service.ts';

/** Actions on many events or keys. */
@Module({})
export class OperationsModule {
  static with(runtime: DynamicModule, commands: DynamicModule): DynamicModule {
    return {
      module: OperationsModule,
      imports: [runtime, commands, AuditModule],
      controllers: [OperationsController],
      providers: [Operations, OperationSearch],
      exports: [Operations, OperationSearch],
    };
  }
}
