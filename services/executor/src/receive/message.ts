import type { Delivery, Forwarded } from '#broker';
import {
  decodeBillingEvent,
  EventRejected,
  isUuid,
  partitionKeyHeader,
  partitionOf,
  type BillingEvent,
} from '#contracts';
import type { Arrival, EventOccurrence, Replay, Resume } from '../record/run.ts';

/** Says that the intake may have forwarded the same message before, as `redelivered` says it of a delivery. */
const repeatedHeader = 'provisor-repeated';
/** The id of the replay that sends the event once more. */
const replayHeader = 'provisor-replay';
/** Ids of the handlers that a replay is for, separated by commas; without it, all of the plan. */
const replayHandlersHeader = 'provisor-replay-handlers';
/** The trace context in which the event was handled before. */
const replayTraceHeader = 'provisor-replay-trace';
/** The event that a replayed one is an edited copy of: its time, in milliseconds since 1970, and its id. */
const replayOfHeader = 'provisor-replay-of';
/** Marks what Provisor tells of itself. */
const noticeHeader = 'provisor-notice';
/** The id of the operation that resumes the event. */
const resumeHeader = 'provisor-resume';
/** The journal's own id of the run that is resumed. */
const resumeRunHeader = 'provisor-resume-run';
/** Ids of the handlers whose failures are resumed, separated by commas; without it, all that are open. */
const resumeHandlersHeader = 'provisor-resume-handlers';

/** What a message says beside its content. */
export interface Published {
  /** When it arrived, milliseconds since 1970. */
  readonly arrivedAt: number;
  /** Of the event, where the message has none; made when it is left out. */
  readonly id?: string | undefined;
  /** The event type, where a publisher says it there. */
  readonly routingKey?: string | undefined;
}

/**
 * An event as a publisher has sent it, in any format that is accepted.
 *
 * @throws {EventRejected} When it is not an event.
 */
export function readPublishedEvent(delivery: Delivery, content: Buffer, published: Published): Arrival {
  const { contentType, contentEncoding, headers, faults, size, redelivered } = delivery;
  const messageId = delivery.messageId === '' ? published.id : (delivery.messageId ?? published.id);
  const { arrivedAt, routingKey } = published;
  const envelope = { contentType, contentEncoding, messageId, routingKey, headers, faults, size, arrivedAt };
  return { event: decodeBillingEvent(content, envelope), content, repeated: redelivered, replay: null, resume: null };
}

/**
 * An event that its publisher has sent to a partition. It is accepted in the partition of its key alone: what the
 * product itself sends for the key goes there, and could overtake it otherwise.
 *
 * @param partition Of the queue it came from.
 * @throws {EventRejected} `bad_header` without a partition key, `wrong_partition`, or because it is not an event.
 */
export function readRoutedEvent(
  delivery: Delivery,
  content: Buffer,
  published: Published,
  { partition, partitions }: { readonly partition: number; readonly partitions: number },
): Arrival {
  const field = partitionKeyHeader;
  // An empty one counts as none, as it does at the intake.
  if ((delivery.headers[field] ?? '') === '') {
    const message = 'must be given by a publisher that chooses the partition';
    throw new EventRejected('bad_header', `header ${field} ${message}`, [{ field, message }]);
  }
  const arrival = readPublishedEvent(delivery, content, published);
  const right = partitionOf(arrival.event.partitionKey, partitions);
  if (right === partition) return arrival;
  const message = `belongs to partition ${right} of ${partitions}, and came to partition ${partition}`;
  throw new EventRejected('wrong_partition', `the key ${JSON.stringify(arrival.event.partitionKey)} ${message}`, [
    { field, message },
  ]);
}

/**
 * An event as it travels from the intake to its partition: the bytes that came, and beside them what may have had to be
 * made up, so that it is the same there, and the same again after a redelivery.
 *
 * @param content In the native format.
 */
export function forwardedEvent(
  { event, repeated, replay, resume }: Omit<Arrival, 'content'>,
  content: Buffer,
): Omit<Forwarded, 'queue'> {
  return message(event, content, {
    ...(repeated && { [repeatedHeader]: 'true' }),
    ...(replay && replayHeaders(replay)),
    ...(resume && resumeHeaders(resume)),
  });
}

/** An event of the journal as a replay sends it to the intake once more. */
export function replayedEvent(event: BillingEvent, replay: Replay): Omit<Forwarded, 'queue'> {
  return message(event, Buffer.from(event.body), replayHeaders(replay));
}

/** An event of the journal as an operation sends it to the intake to resume it. */
export function resumedEvent(event: BillingEvent, resume: Resume): Omit<Forwarded, 'queue'> {
  return message(event, Buffer.from(event.body), resumeHeaders(resume));
}

/** A notice as an event. It may have been sent before, by an executor that died before it could write that down. */
export function noticeEvent(event: BillingEvent): Omit<Forwarded, 'queue'> {
  return message(event, Buffer.from(event.body), { [noticeHeader]: 'true', [repeatedHeader]: 'true' });
}

/**
 * Whether an operation has sent a message of the intake, or it is a notice. Billing publishes to an exchange of its
 * own; Provisor publishes to the queue itself.
 */
export function isOfOperation({ exchange, headers }: Delivery): boolean {
  return exchange === '' && [replayHeader, resumeHeader, noticeHeader].some((header) => header in headers);
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
  const resume = readResume(headers);
  // A replay that was taken over from an executor that died may send an event twice, which is no second occurrence.
  const repeated = redelivered || replay !== null || resume !== null || headers[repeatedHeader] === 'true';
  return { event, content, repeated, replay, resume };
}

function replayHeaders({ id, handlerIds, trace, of }: Replay): Record<string, string> {
  return {
    [replayHeader]: id,
    ...(handlerIds && { [replayHandlersHeader]: handlerIds.join(',') }),
    ...(trace !== undefined && { [replayTraceHeader]: trace }),
    ...(of && { [replayOfHeader]: `${of.occurredAt} ${of.eventId}` }),
  };
}

function resumeHeaders({ operationId, journalId, handlerIds }: Resume): Record<string, string> {
  return {
    [resumeHeader]: operationId,
    [resumeRunHeader]: journalId,
    ...(handlerIds && { [resumeHandlersHeader]: handlerIds.join(',') }),
  };
}

function readReplay(headers: Delivery['headers']): Replay | null {
  const [id, trace, of] = [headers[replayHeader], headers[replayTraceHeader], headers[replayOfHeader]];
  if (typeof id !== 'string') return null;
  return {
    id: uuidIn(replayHeader, id),
    handlerIds: uuidsIn(replayHandlersHeader, headers),
    ...(typeof trace === 'string' && { trace }),
    ...(typeof of === 'string' && { of: occurrenceIn(of) }),
  };
}

function readResume(headers: Delivery['headers']): Resume | null {
  const [operationId, journalId] = [headers[resumeHeader], headers[resumeRunHeader]];
  if (typeof operationId !== 'string') return null;
  return {
    operationId: uuidIn(resumeHeader, operationId),
    journalId: uuidIn(resumeRunHeader, typeof journalId === 'string' ? journalId : ''),
    handlerIds: uuidsIn(resumeHandlersHeader, headers),
  };
}

function uuidsIn(header: string, headers: Delivery['headers']): string[] | null {
  const given = headers[header];
  return typeof given === 'string' ? given.split(',').map((one) => uuidIn(header, one)) : null;
}

function occurrenceIn(value: string): EventOccurrence {
  const [, time, eventId = ''] = /^(\d{1,16}) (.+)$/s.exec(value) ?? [];
  if (time !== undefined) return { occurredAt: Number(time), eventId };
  const message = 'must be a time in milliseconds and an event id';
  throw new EventRejected('bad_header', `header ${replayOfHeader} ${message}`, [{ field: replayOfHeader, message }]);
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
