export * from './logger.ts';
export * from './metrics.ts';
export * from './nest-logger.ts';
export * from './readiness.ts';
export * from './tracing/open-tracing.ts';
export type { Span, SpanAttributes, Tracer } from './tracing/tracer.ts';
