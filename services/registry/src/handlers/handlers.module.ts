import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { HandlerTestController } from './handler-test.controller.ts';
import { HandlerTester } from './handler-tester.ts';
import { HandlerOrder } from './handler-order.service.ts';
import { HandlerSearch } from './handler-search.ts';
import { HandlersController } from './handlers.controller.ts';
import { HandlerPreviewController } from './preview/handler-preview.controller.ts';
import { RequestPreviews } from './preview/previews.ts';
import { Handlers } from './handlers.service.ts';
import { ScriptsModule } from '../scripts/scripts.module.ts';
import { HandlerWarnings } from './warnings/handler-warnings.ts';
import { HandlerSetController } from './set/handler-set.controller.ts';
import { HandlerSet } from './set/handler-set.service.ts';
import { SigningSecretsController } from './signing/signing-secrets.controller.ts';
import { SigningSecrets } from './signing/signing-secrets.service.ts';

@Module({})
export class HandlersModule {
  static with(runtime: DynamicModule, catalog: DynamicModule, commands: DynamicModule): DynamicModule {
    return {
      module: HandlersModule,
      imports: [runtime, catalog, commands, AuditModule, ScriptsModule],
      controllers: [
        HandlersController,
        HandlerPreviewController,
        HandlerSetController,
        HandlerTestController,
        SigningSecretsController,
      ],
      providers: [
        Handlers,
        HandlerSearch,
        HandlerOrder,
        HandlerSet,
        HandlerTester,
        HandlerWarnings,
        RequestPreviews,
        SigningSecrets,
      ],
    };
  }
}
