import type { IncomingHttpHeaders } from 'node:http';
import { cloudEventsPrefix, EventRejected } from '#contracts';

const httpPrefix = 'ce-';

/**
 * The attributes of a CloudEvent that stand in HTTP headers, `ce-id` for one, under the names that they have by AMQP.
 *
 * @throws {EventRejected} `bad_header` when the bytes of a value are no UTF-8.
 */
export function cloudEventHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [header, value] of Object.entries(headers)) {
    if (!header.startsWith(httpPrefix) || value === undefined) continue;
    const name = header.slice(httpPrefix.length);
    found[cloudEventsPrefix + name] = attributeText(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return found;
}

/** As the HTTP binding wants it: first the quotes are taken away, if there are any, then percent-encoding. */
function attributeText(name: string, header: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(header)?.[1];
  const text = quoted?.replace(/\\(.)/gs, '$1') ?? header;
  try {
    return utf8.decode(percentDecoded(text));
  } catch {
    const message = 'must be UTF-8, with percent-encoding for what is not printable ASCII';
    throw new EventRejected('bad_header', `header ${httpPrefix}${name} ${message}`, [{ field: name, message }]);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Node reads headers as Latin-1, a character for each byte. A `%` that begins no code stands for itself. */
function percentDecoded(text: string): Buffer {
  const characters = text.replace(/%([0-9A-Fa-f]{2})/g, (_code, digits: string) =>
    String.fromCharCode(parseInt(digits, 16)),
  );
  return Buffer.from(characters, 'latin1');
}
