import { Module, type DynamicModule } from '@nestjs/common';
import { BrokerConnection } from '#broker';
import type { Logger, Tracing } from '#observability';
import { Redaction } from '#redaction';
import { SecretBox } from '#secrets';
import type { RegistrySettings } from '#settings';
import { BrokerLink } from './broker-link.ts';
import { LOGGER, SETTINGS, TRACER } from './tokens.ts';
import { TRACING, TracingLink } from './tracing-link.ts';

/** What every part of the registry stands on: settings, logger, traces, secrets, what is not shown, and the connection to the broker. */
@Module({})
export class RuntimeModule {
  static with(settings: RegistrySettings, logger: Logger, tracing: Tracing | undefined): DynamicModule {
    return {
      module: RuntimeModule,
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: LOGGER, useValue: logger },
        { provide: SecretBox, useValue: new SecretBox(settings.secretKeys) },
        { provide: Redaction, useFactory: () => new Redaction(settings.redactedFields) },
        { provide: BrokerConnection, useFactory: () => BrokerConnection.open(settings.broker, 'provisor-registry') },
        BrokerLink,
        { provide: TRACING, useValue: tracing },
        { provide: TRACER, useValue: tracing?.tracer },
        TracingLink,
      ],
      exports: [SETTINGS, LOGGER, TRACER, SecretBox, Redaction, BrokerConnection],
    };
  }
}
