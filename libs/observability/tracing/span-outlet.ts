import { TraceFlags } from '@opentelemetry/api';
import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter, type SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';

/**
 * Spans that wait to be sent: with some kilobytes each, what a collector that is away or slow may cost. More are
 * dropped.
 */
const mostWaiting = 8_192;
/** How long a span may wait for others to be sent with. */
const gatherMs = 1_000;

/**
 * Sends spans to the collector in batches, one after another. Spans that the collector does not accept are lost and
 * delay nothing. The log says when that begins and when it is over.
 */
export class SpanOutlet implements SpanProcessor {
  readonly #batches: BatchSpanProcessor;
  readonly #logger: Logger;
  #waiting = 0;
  #lost = 0;
  /** How many were lost before it was last said; undefined while none are. */
  #lostBefore: number | undefined;

  constructor(exporter: SpanExporter, logger: Logger) {
    this.#logger = logger;
    this.#batches = new BatchSpanProcessor({
      exporter: {
        export: (spans, done) => this.#send(exporter, spans, done),
        shutdown: () => exporter.shutdown(),
      },
      maxQueueSize: mostWaiting,
      scheduledDelayMillis: gatherMs,
    });
  }

  onStart(): void {
    // It says nothing yet.
  }

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
    if (this.#waiting >= mostWaiting) {
      this.#lose(1, 'the collector is too slow');
      return;
    }
    this.#waiting += 1;
    this.#batches.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.#batches.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#batches.shutdown();
  }

  #send(exporter: SpanExporter, spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.#waiting -= spans.length;
    const lost = this.#lost;
    exporter.export(spans, (result) => {
      // The message only: an error of the exporter has with it what the collector answered.
      if (result.code !== ExportResultCode.SUCCESS) this.#lose(spans.length, result.error?.message);
      else if (this.#lost === lost) this.#recover();
      done(result);
    });
  }

  #lose(spans: number, reason: string | undefined): void {
    if (this.#lostBefore === undefined) {
      this.#lostBefore = this.#lost;
      this.#logger.warn({ reason }, 'dropping spans: the trace collector does not accept them');
    }
    this.#lost += spans;
  }

  #recover(): void {
    if (this.#lostBefore === undefined) return;
    this.#logger.info({ lostSpans: this.#lost - this.#lostBefore }, 'trace collector accepts spans again');
    this.#lostBefore = undefined;
  }
}
