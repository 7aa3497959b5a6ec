import type { FieldError } from './field-error.ts';

/** What travels beside the body; by AMQP in properties and headers, by REST in request headers. */
export interface EventEnvelope {
  readonly contentType?: string | undefined;
  readonly contentEncoding?: string | undefined;
  readonly messageId?: string | undefined;
  /** Undefined where there is none to compare (REST). */
  readonly routingKey?: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  /** What is wrong with those beside the body, so that they cannot be taken for what they seem to say. */
  readonly faults?: readonly FieldError[] | undefined;
  /** Bytes of the body as it was published; undefined: those that are there. */
  readonly size?: number | undefined;
  /**
   * When it arrived, milliseconds since 1970: the time of a CloudEvent that has none. Undefined: now, by this machine's
   * clock.
   */
  readonly arrivedAt?: number | undefined;
}
