import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ApiKeyGuard } from './api-key.guard.ts';
import { ApiKeys } from './api-keys.service.ts';
import { FirstKey } from './first-key.ts';

@Module({})
export class AccessModule {
  static with(runtime: DynamicModule): DynamicModule {
    return {
      module: AccessModule,
      imports: [runtime],
      providers: [ApiKeys, FirstKey, { provide: APP_GUARD, useClass: ApiKeyGuard }],
    };
  }
}
