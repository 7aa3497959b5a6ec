import { partitionKeyHeader, type EventEnvelope } from '#contracts';

export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** What travels beside an event that comes by REST: the headers say what the AMQP properties would. */
export function envelopeOf(headers: RequestHeaders): EventEnvelope {
  return {
    contentType: headerText(headers['content-type']),
    contentEncoding: headerText(headers['content-encoding']),
    headers: {
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
