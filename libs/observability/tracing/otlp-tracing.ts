import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider, type Sampler } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { TracingSettings } from '#settings';
import { SpanOutlet } from './span-outlet.ts';
import type { Tracing } from './tracing.ts';

/** A stop waits no longer than this for the last spans. */
const lastSendMs = 3_000;

/** Traces by the SDK of OpenTelemetry. None of it is registered anywhere: who traces is given the tracer. */
export function openOtlpTracing(
  settings: TracingSettings,
  attributes: Readonly<Record<string, string>>,
  logger: Logger,
): Tracing {
  const { url, headers, timeoutMs, serviceName, resourceAttributes, sampler } = settings;
  const exporter = new OTLPTraceExporter({ url, headers, timeoutMillis: timeoutMs });
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        ...attributes,
        ...resourceAttributes,
        ...(serviceName !== undefined && { 'service.name': serviceName }),
      }),
    ),
    sampler: samplerOf(sampler),
    spanProcessors: [new SpanOutlet(exporter, logger)],
  });
  return {
    tracer: provider.getTracer('provisor'),
    async stop() {
      // Whether it went well the exporter tells.
      const sent = provider.shutdown().catch(() => undefined);
      let timer: NodeJS.Timeout | undefined;
      const tooLate = new Promise((resolve) => (timer = setTimeout(resolve, lastSendMs)));
      await Promise.race([sent, tooLate]);
      clearTimeout(timer);
    },
  };
}

function samplerOf({ ratio, parentBased }: TracingSettings['sampler']): Sampler {
  const root = new TraceIdRatioBasedSampler(ratio);
  return parentBased ? new ParentBasedSampler({ root }) : root;
}
