import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { EventResumeController } from './event-resume.controller.ts';
import { FailureDecisions } from './failure-decisions.ts';
import { FailureResume } from './failure-resume.ts';
import { FailureSearch } from './failure-search.ts';
import { FailuresController } from './failures.controller.ts';

/** Executions that ended failed, until they are settled. */
@Module({})
export class FailuresModule {
  static with(runtime: DynamicModule, operations: DynamicModule, journal: DynamicModule): DynamicModule {
    return {
      module: FailuresModule,
      imports: [runtime, operations, journal, AuditModule],
      controllers: [FailuresController, EventResumeController],
      providers: [FailureSearch, FailureDecisions, FailureResume],
    };
  }
}
