import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseClock } from '#database';
import { poolOf } from '#orm';

/** The database's clock, by which the registry dates everything and judges what has expired. */
@Module({
  providers: [
    {
      provide: DatabaseClock,
      inject: [DataSource],
      useFactory: async (dataSource: DataSource): Promise<DatabaseClock> => {
        const clock = new DatabaseClock({ pool: poolOf(dataSource) });
        await clock.measure();
        return clock;
      },
    },
  ],
  exports: [DatabaseClock],
})
export class ClockModule {}
