import type { Tracer } from '@opentelemetry/api';

/** Traces, while they are on. What goes to a collector has no payloads, and nothing that gives access. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Sends the spans that are not sent yet, for some seconds at most. */
  stop(): Promise<void>;
}
