import type { Logger } from 'pino';
import { version } from '#contracts';
import type { TracingSettings } from '#settings';
import type { Tracing } from './tracing.ts';

/** Who makes spans. */
export interface TracedProcess {
  /** `registry` or `executor`. */
  readonly service: string;
  /** Unlike that of any other process. */
  readonly id: string;
}

/** Turns traces on where there are settings for them. Where there are none, not even what makes them is loaded. */
export async function openTracing(
  settings: TracingSettings | undefined,
  { service, id }: TracedProcess,
  logger: Logger,
): Promise<Tracing | undefined> {
  if (!settings) return undefined;
  const { openOtlpTracing } = await import('./otlp-tracing.ts');
  const attributes = {
    'service.name': `provisor-${service}`,
    'service.version': version,
    'service.instance.id': id,
  };
  return openOtlpTracing(settings, attributes, logger);
}
