import { Gauge, type Registry } from 'prom-client';
import type { Logger } from './logger.ts';

/** @param skewMs How far the clock of this machine is ahead of the database's; undefined while that is not known. */
export function observeSkew(registry: Registry, skewMs: () => number | undefined): void {
  new Gauge({
    name: 'provisor_clock_skew_seconds',
    help: "How far the clock of this machine is ahead of the database's, by which everything is dated; negative: behind",
    registers: [registry],
    collect() {
      const skew = skewMs();
      if (skew === undefined) this.remove();
      else this.set(skew / 1_000);
    },
  });
}

/** What the database's clock tells is said in the log. */
export function reportClock(logger: Logger): {
  onSkew: (skewMs: number, isNotable: boolean) => void;
  onFailure: (error: unknown) => void;
} {
  return {
    onSkew: (skewMs, isNotable) => {
      const fields = { skewSeconds: Math.round(skewMs) / 1_000 };
      if (isNotable) logger.warn(fields, 'clock skew: the clocks of this host and the database differ');
      else logger.info(fields, 'clock skew ended');
    },
    onFailure: (error) => logger.debug({ err: error }, 'failed to read the time of the database'),
  };
}
