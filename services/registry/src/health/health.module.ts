import { Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BrokerConnection } from '#broker';
import { Readiness } from '#observability';
import { HealthController } from './health.controller.ts';

@Module({})
export class HealthModule {
  static with(runtime: DynamicModule): DynamicModule {
    return {
      module: HealthModule,
      imports: [runtime],
      controllers: [HealthController],
      providers: [{ provide: Readiness, inject: [DataSource, BrokerConnection], useFactory: readiness }],
    };
  }
}

function readiness(dataSource: DataSource, broker: BrokerConnection): Readiness {
  const checks = new Readiness();
  checks.add('postgresql', async () => {
    await dataSource.query('select 1');
  });
  checks.add('rabbitmq', () => broker.assertUsable());
  return checks;
}
