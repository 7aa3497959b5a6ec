import { partitionKeyHeader, type EventEnvelope } from '#contracts';
import { cloudEventHeaders } from './cloud-event-headers.ts';

export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * What travels beside an event that comes by REST: the headers say what the AMQP properties would.
 *
 * @throws {EventRejected} When a header of a CloudEvent cannot be read.
 */
export function envelopeOf(headers: RequestHeaders): EventEnvelope {
  return {
    contentType: headerText(headers['content-type']),
    contentEncoding: headerText(headers['content-encoding']),
    headers: {
      ...cloudEventHeaders(headers),
      [partitionKeyHeader]: headerText(headers[partitionKeyHeader]),
      traceparent: headerText(headers['traceparent']),
    },
  };
}

/** Node reads headers as Latin-1, while keys that are not ASCII are sent as UTF-8. */
function headerText(value: string | string[] | undefined): string | undefined {
  const text = Array.isArray(value) ? value.join(', ') : value;
  return text === undefined ? undefined : Buffer.from(text, 'latin1').toString('utf8');
}
