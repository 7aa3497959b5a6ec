import { EventRejected, partitionKeyHeader, type EventEnvelope } from '#contracts';
import { cloudEventHeaders } from './cloud-event-headers.ts';

export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** What of a request travels beside an event; a request of Fastify is one. */
export interface EventRequest {
  readonly headers: RequestHeaders;
  /** Names and values in turn, as received: a header that was sent twice is there twice. */
  readonly raw: { readonly rawHeaders: readonly string[] };
}

/**
 * What travels beside an event that comes by REST: the headers say what the AMQP properties would.
 *
 * @throws {EventRejected} `bad_header` when a header of the event was sent twice, or is no UTF-8.
 */
export function envelopeOf({ headers, raw }: EventRequest): EventEnvelope {
  checkRepeated(raw.rawHeaders);
  return {
    contentType: single(headers['content-type']),
    contentEncoding: single(headers['content-encoding']),
    headers: {
      ...cloudEventHeaders(headers),
      [partitionKeyHeader]: keyText(single(headers[partitionKeyHeader])),
      traceparent: single(headers['traceparent']),
    },
  };
}

/**
 * Node joins the values of a header that was sent twice, or drops one: what an event says in such a header it says to
 * each reader differently.
 */
function checkRepeated(rawHeaders: readonly string[]): void {
  const names = rawHeaders.filter((_text, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const repeated = names.filter((name, index) => isOfEvent(name) && names.indexOf(name) < index);
  const [first] = repeated;
  if (first === undefined) return;
  const errors = [...new Set(repeated)].map((field) => ({ field, message: 'must be sent once' }));
  throw new EventRejected('bad_header', `header ${first} must be sent once`, errors);
}

const eventHeaders = new Set(['content-type', 'content-encoding', partitionKeyHeader]);

function isOfEvent(name: string): boolean {
  return eventHeaders.has(name) || name.startsWith('ce-');
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Node reads headers as Latin-1, while keys that are not ASCII are sent as UTF-8. */
function keyText(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  try {
    return utf8.decode(Buffer.from(header, 'latin1'));
  } catch {
    const errors = [{ field: partitionKeyHeader, message: 'must be UTF-8' }];
    throw new EventRejected('bad_header', `header ${partitionKeyHeader} must be UTF-8`, errors);
  }
}
