import { Module, type DynamicModule } from '@nestjs/common';
import { Registry } from 'prom-client';
import { BrokerConnection, reportConnection } from '#broker';
import type { Logger, Tracing } from '#observability';
import { Redaction } from '#redaction';
import { SecretBox } from '#secrets';
import type { RegistrySettings } from '#settings';
import { ClockModule } from './clock.module.ts';
import { TopologyLink } from './topology-link.ts';
import { LOGGER, SETTINGS, TRACER } from './tokens.ts';

/**
 * What every part of the registry stands on: settings, logger, traces, secrets, what is not shown, and the connection
 * to the broker.
 */
@Module({})
export class RuntimeModule {
  static with(
    settings: RegistrySettings,
    logger: Logger,
    metrics: Registry,
    tracing: Tracing | undefined,
  ): DynamicModule {
    return {
      module: RuntimeModule,
      imports: [ClockModule],
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: LOGGER, useValue: logger },
        { provide: SecretBox, useValue: new SecretBox(settings.secretKeys) },
        { provide: Redaction, useFactory: () => new Redaction(settings.redactedFields) },
        { provide: BrokerConnection, useFactory: () => connect(settings, logger) },
        // Of this module alone: that of the metrics says more when it is scraped.
        { provide: Registry, useValue: metrics },
        TopologyLink,
        { provide: TRACER, useValue: tracing?.tracer },
      ],
      exports: [ClockModule, SETTINGS, LOGGER, TRACER, SecretBox, Redaction, BrokerConnection, TopologyLink],
    };
  }
}

function connect({ broker }: RegistrySettings, logger: Logger): BrokerConnection {
  const connection = BrokerConnection.open(broker, 'provisor-registry');
  reportConnection(connection, logger);
  return connection;
}
