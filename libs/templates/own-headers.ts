import { cloudEventsJsonType, version, type EventFormat } from '#contracts';

const userAgent = `Provisor/${version}`;

const contentTypes: Readonly<Record<EventFormat, string>> = {
  native: 'application/json',
  cloudevents: `${cloudEventsJsonType}; charset=utf-8`,
};

/** What Provisor says of a call in its headers. */
export interface CallHead {
  readonly executionId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly handlerId: string;
  readonly attempt: number;
  readonly format: EventFormat;
  /** Of a body that takes the place of the event. */
  readonly contentType?: string | undefined;
  /** Seconds since 1970. */
  readonly timestamp: string;
  /** Absent where calls are not signed. */
  readonly signature?: string | undefined;
  readonly traceparent: string;
}

/** The headers of an HTTP call that no handler can replace. */
export function ownHeaders(call: CallHead): Record<string, string> {
  const { contentType = contentTypes[call.format], signature } = call;
  return {
    'content-type': contentType,
    'user-agent': userAgent,
    'webhook-id': call.executionId,
    'webhook-timestamp': call.timestamp,
    ...(signature !== undefined && { 'webhook-signature': signature }),
    'provisor-event-id': headerText(call.eventId),
    'provisor-event-type': call.eventType,
    'provisor-handler-id': call.handlerId,
    'provisor-attempt': String(call.attempt),
    traceparent: call.traceparent,
  };
}

/**
 * The W3C trace context of a call that was given none: its trace id is the execution's id, so that a target's traces
 * can be found by it, and its parent id is that of the attempt.
 */
export function traceparentOfExecution(executionId: string, attempt: number): string {
  const traceId = executionId.replaceAll('-', '');
  // What is random in the execution's id, and the attempt: a hash, or random bytes, would cost more and say no more.
  const parentId = traceId.slice(-12) + attempt.toString(16).padStart(4, '0').slice(-4);
  return `00-${traceId}-${parentId}-00`;
}

/** Headers with their names in lower case, as calls have them. */
export function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/**
 * All but printable ASCII, spaces at either end, which a receiver would take away, and the sign that the encoding
 * itself uses.
 */
const toBeEncoded = /[^\x20-\x7e]+|%|^ +| +$/g;

/**
 * Billing chooses its event ids. What a header cannot carry is percent-encoded as UTF-8, and so is `%`, so that a
 * receiver gets each id back with `decodeURIComponent` or its like, and no two ids look the same.
 */
export function headerText(text: string): string {
  return text.replace(toBeEncoded, encodeURIComponent);
}
