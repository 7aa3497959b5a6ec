import {
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Context,
  type Link,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';

/** OpenTelemetry's own: where traces are on, its SDK is behind them. */
export { SpanKind, type Attributes as SpanAttributes, type Span, type Tracer } from '@opentelemetry/api';

// Spans are given from hand to hand, so that their contexts are made where a span begins. What the API lacks is the
// text that names a span.

/** W3C Trace Context, version 00: ids of nothing but zeros are none. */
const pattern = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/**
 * The context in which a span continues what a `traceparent` names. Null, or one that names nothing: the span begins a
 * trace.
 */
export function contextFrom(traceparent: string | null): Context {
  const remote = traceparent === null ? undefined : readTraceparent(traceparent);
  return remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
}

/** The context in which a span is the child of another. */
export function contextOf(span: Span): Context {
  return trace.setSpan(ROOT_CONTEXT, span);
}

/** Links a span to what a `traceparent` names, if that is anything. */
export function linksTo(traceparent: string | undefined): Link[] {
  const context = traceparent === undefined ? undefined : readTraceparent(traceparent);
  return context ? [{ context }] : [];
}

/**
 * The W3C `traceparent` of a span, for whatever follows from it in another process. Of the flags only "sampled" is ours
 * to tell.
 */
export function traceparentOfSpan(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-0${String(traceFlags & 1)}`;
}

/**
 * Says that what a span stands for has failed.
 *
 * @param type Why: a code, of which there are few.
 */
export function failSpan(span: Span, type: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', type);
}

function readTraceparent(traceparent: string): SpanContext | undefined {
  const [, traceId, spanId, flags] = pattern.exec(traceparent) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
}
