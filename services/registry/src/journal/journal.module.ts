import { Module, type DynamicModule } from '@nestjs/common';
import { EventDetails } from './event-details.ts';
import { EventJournalController } from './event-journal.controller.ts';
import { EventSearch } from './event-search.ts';
import { ExecutionLog } from './execution-log.ts';
import { ExecutionsController } from './executions.controller.ts';
import { RejectedMessages } from './rejected-messages.ts';
import { RejectedController } from './rejected.controller.ts';
import { AttemptSearch } from './search/attempt-search.ts';
import { FailuresByText } from './search/failures-by-text.ts';
import { ValueLookup } from './search/value-lookup.ts';

/** What executors wrote, for administrators to read. */
@Module({})
export class JournalModule {
  static with(runtime: DynamicModule): DynamicModule {
    return {
      module: JournalModule,
      imports: [runtime],
      controllers: [EventJournalController, ExecutionsController, RejectedController],
      providers: [
        EventSearch,
        EventDetails,
        ExecutionLog,
        RejectedMessages,
        AttemptSearch,
        FailuresByText,
        ValueLookup,
      ],
      exports: [FailuresByText],
    };
  }
}
