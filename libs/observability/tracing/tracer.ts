/** What is said of a span; what is undefined is left out. Values go to a collector: no payloads, and nothing that gives access. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | string[] | undefined>>;

/** The part that a span has in what it is about, as OpenTelemetry tells them apart. */
export type SpanRole = 'server' | 'client' | 'producer' | 'consumer';

export interface SpanStart {
  readonly role: SpanRole;
  readonly attributes: SpanAttributes;
}

export interface FirstSpanStart extends SpanStart {
  /** W3C `traceparent` of the span that it continues; null or one that is none: a new trace begins. */
  readonly parent: string | null;
  /** W3C `traceparent` of a span that it has to do with. */
  readonly link?: string | undefined;
}

/** A stretch of work in a trace. */
export interface Span {
  /** For whatever follows from it, in this process or another (W3C Trace Context, level 1). */
  readonly traceparent: string;
  child(name: string, start: SpanStart): Span;
  set(attributes: SpanAttributes): void;
  /** Something that happened at this moment. */
  event(name: string, attributes: SpanAttributes): void;
  /** @param type Why it failed: a code, of which there are few. */
  fail(type: string): void;
  end(): void;
}

/**
 * Starts traces, or continues them. Where traces are off there is none, and nothing is made for them: whoever has something to
 * tell asks for the tracer, or for the span, first.
 */
export interface Tracer {
  start(name: string, start: FirstSpanStart): Span;
}
