/** What travels beside the body; by AMQP in properties and headers, by REST in request headers. */
export interface EventEnvelope {
  readonly contentType?: string | undefined;
  readonly contentEncoding?: string | undefined;
  readonly messageId?: string | undefined;
  /** Undefined where there is none to compare (REST). */
  readonly routingKey?: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}
