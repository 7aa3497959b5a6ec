import { Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BrokerConnection } from '#broker';
import { poolOf } from '#orm';
import { Readiness } from '#observability';
import { TopologyLink } from '../runtime/topology-link.ts';
import { HealthController } from './health.controller.ts';

/**
 * The registry is not ready when a statement has waited for longer, milliseconds, that should have had its answer at
 * once.
 */
const longestStallMs = 5_000;

@Module({})
export class HealthModule {
  static with(runtime: DynamicModule): DynamicModule {
    return {
      module: HealthModule,
      imports: [runtime],
      controllers: [HealthController],
      providers: [{ provide: Readiness, inject: [DataSource, BrokerConnection, TopologyLink], useFactory: readiness }],
    };
  }
}

function readiness(dataSource: DataSource, broker: BrokerConnection, topology: TopologyLink): Readiness {
  const checks = new Readiness();
  checks.add('postgresql', async () => {
    const pool = poolOf(dataSource);
    // A spare connection may answer while requests wait on others.
    if (pool.stalledMs > longestStallMs) {
      throw new Error(
        `a statement has been waiting for its answer for ${String(Math.round(pool.stalledMs / 1_000))} s`,
      );
    }
    await pool.assertWritable();
  });
  checks.add('rabbitmq', () => broker.assertUsable());
  checks.add('topology', () => topology.assertSound());
  return checks;
}
