import type { Delivery, Forwarded } from '#broker';
import { decodeBillingEvent, EventRejected, partitionKeyHeader, type BillingEvent, isUuid } from '#contracts';
import type { Arrival, Replay } from '../record/run.ts';

/** Says that the intake may have forwarded the same message before, as `redelivered` says it of a delivery. */
const repeatedHeader = 'provisor-repeated';
/** The id of the replay that sends the event once more. */
const replayHeader = 'provisor-replay';
/** Ids of the handlers that a replay is for, separated by commas; without it, all of the plan. */
const replayHandlersHeader = 'provisor-replay-handlers';
/** The trace context in which the event was handled before. */
const replayTraceHeader = 'provisor-replay-trace';

/**
 * An event as it travels from the intake to its partition: the bytes that came, and beside them what may have had to be
 * made up, so that it is the same there, and the same again after a redelivery.
 *
 * @param content In the native format.
 */
export function forwardedEvent(
  { event, repeated, replay }: Omit<Arrival, 'content'>,
  content: Buffer,
): Omit<Forwarded, 'queue'> {
  return message(event, content, {
    ...(repeated && { [repeatedHeader]: 'true' }),
    ...(replay && replayHeaders(replay)),
  });
}

/** An event of the journal as a replay sends it to the intake once more. */
export function replayedEvent(event: BillingEvent, replay: Replay): Omit<Forwarded, 'queue'> {
  return message(event, Buffer.from(event.body), replayHeaders(replay));
}

/**
 * Whether a message of the intake is of a replay. Billing publishes to an exchange of its own; a replay goes to the
 * queue itself.
 */
export function isReplayed({ exchange, headers }: Delivery): boolean {
  return exchange === '' && replayHeader in headers;
}

/**
 * What {@link forwardedEvent} or {@link replayedEvent} made.
 *
 * @throws {EventRejected} When something else did.
 */
export function readForwardedEvent(delivery: Delivery, content = delivery.content): Arrival {
  const { contentType, messageId, headers, redelivered, faults, size } = delivery;
  const event = decodeBillingEvent(content, { contentType, messageId, headers, faults, size });
  const replay = readReplay(headers);
  // A replay that was taken over from an executor that died may send an event twice, which is no second occurrence.
  const repeated = redelivered || replay !== null || headers[repeatedHeader] === 'true';
  return { event, content, repeated, replay };
}

function replayHeaders({ id, handlerIds, trace }: Replay): Record<string, string> {
  return {
    [replayHeader]: id,
    ...(handlerIds && { [replayHandlersHeader]: handlerIds.join(',') }),
    ...(trace !== undefined && { [replayTraceHeader]: trace }),
  };
}

function readReplay(headers: Delivery['headers']): Replay | null {
  const [id, handlerIds, trace] = [headers[replayHeader], headers[replayHandlersHeader], headers[replayTraceHeader]];
  if (typeof id !== 'string') return null;
  return {
    id: uuidIn(replayHeader, id),
    handlerIds:
      typeof handlerIds === 'string' ? handlerIds.split(',').map((one) => uuidIn(replayHandlersHeader, one)) : null,
    ...(typeof trace === 'string' && { trace }),
  };
}

/** Other programs may publish to our queues: values for the journal's columns have to fit. */
function uuidIn(header: string, value: string): string {
  if (isUuid(value)) return value;
  const message = 'must be a UUID';
  throw new EventRejected('bad_header', `header ${header} ${message}`, [{ field: header, message }]);
}

function message(event: BillingEvent, content: Buffer, further: Record<string, string>): Omit<Forwarded, 'queue'> {
  return {
    content,
    contentType: 'application/json',
    messageId: event.id,
    headers: {
      [partitionKeyHeader]: event.partitionKey,
      ...(event.traceparent && { traceparent: event.traceparent }),
      ...further,
    },
  };
}
