import { Module, type DynamicModule } from '@nestjs/common';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { SharedAnswer } from '../overview/shared-answer.ts';
import { MetricsController } from './metrics.controller.ts';
import { describeInstallation } from './registry-metrics.ts';
import { situation } from './situation.ts';

/** Metrics for Prometheus. */
@Module({})
export class MetricsModule {
  /** @param registry Has what was measured outside of NestJS already. */
  static with(registry: Registry): DynamicModule {
    return {
      module: MetricsModule,
      controllers: [MetricsController],
      providers: [
        {
          provide: Registry,
          inject: [DataSource],
          useFactory: (dataSource: DataSource) => {
            // Several scrapers, and several metrics of one scrape, are one question.
            const shared = new SharedAnswer(() => situation(dataSource));
            describeInstallation(registry, () => shared.get());
            return registry;
          },
        },
      ],
    };
  }
}
