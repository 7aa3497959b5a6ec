import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context, type Span as OtelSpan } from '@opentelemetry/api';
import type { Tracer as OtelTracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider, type Sampler } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { TracingSettings } from '#settings';
import type { Tracing } from './open-tracing.ts';
import { SpanOutlet } from './span-outlet.ts';
import { readTraceparent, traceparentOf } from './trace-context.ts';
import type { FirstSpanStart, Span, SpanAttributes, SpanRole, SpanStart, Tracer } from './tracer.ts';

/** What was told last is not waited for longer than this at a stop. */
const lastSendMs = 3_000;

const kinds: Record<SpanRole, SpanKind> = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

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
    tracer: new OtlpTracer(provider.getTracer('provisor')),
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

class OtlpTracer implements Tracer {
  readonly #tracer: OtelTracer;

  constructor(tracer: OtelTracer) {
    this.#tracer = tracer;
  }

  start(name: string, { role, attributes, parent, link }: FirstSpanStart): Span {
    const remote = parent === null ? undefined : readTraceparent(parent);
    const linked = link === undefined ? undefined : readTraceparent(link);
    const context = remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
    const options = { kind: kinds[role], attributes, ...(linked && { links: [{ context: linked }] }) };
    return new OtlpSpan(this.#tracer, this.#tracer.startSpan(name, options, context));
  }
}

class OtlpSpan implements Span {
  readonly traceparent: string;
  readonly #tracer: OtelTracer;
  readonly #span: OtelSpan;

  constructor(tracer: OtelTracer, span: OtelSpan) {
    this.#tracer = tracer;
    this.#span = span;
    this.traceparent = traceparentOf(span.spanContext());
  }

  child(name: string, { role, attributes }: SpanStart): Span {
    const context: Context = trace.setSpan(ROOT_CONTEXT, this.#span);
    return new OtlpSpan(this.#tracer, this.#tracer.startSpan(name, { kind: kinds[role], attributes }, context));
  }

  set(attributes: SpanAttributes): void {
    this.#span.setAttributes(attributes);
  }

  event(name: string, attributes: SpanAttributes): void {
    this.#span.addEvent(name, attributes);
  }

  fail(type: string): void {
    this.#span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', type);
  }

  end(): void {
    this.#span.end();
  }
}
