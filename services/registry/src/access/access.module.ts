import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { DatabaseClock } from '#database';
import type { RegistrySettings } from '#settings';
import { AuditModule } from '../audit/audit.module.ts';
import { SETTINGS } from '../runtime/tokens.ts';
import { Access } from './access.ts';
import { AccessGuard } from './access.guard.ts';
import { Authentication } from './authentication.ts';
import { FailedAttempts } from './failed-attempts.ts';
import { ApiKeysController } from './keys/api-keys.controller.ts';
import { ApiKeys } from './keys/api-keys.service.ts';
import { FirstKey } from './keys/first-key.ts';
import { OidcTokens } from './oidc/oidc-tokens.ts';
import { SessionController } from './sessions/session.controller.ts';
import { Sessions } from './sessions/sessions.service.ts';

/** Who is asking, and what they may do. */
@Module({})
export class AccessModule {
  static with(runtime: DynamicModule): DynamicModule {
    return {
      module: AccessModule,
      imports: [runtime, AuditModule],
      controllers: [ApiKeysController, SessionController],
      providers: [
        ApiKeys,
        FirstKey,
        Sessions,
        Authentication,
        Access,
        { provide: FailedAttempts, useFactory: () => new FailedAttempts() },
        {
          provide: OidcTokens,
          inject: [SETTINGS, DatabaseClock],
          useFactory: (settings: RegistrySettings, clock: DatabaseClock) => new OidcTokens(settings.oidc, clock.now),
        },
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
    };
  }
}
