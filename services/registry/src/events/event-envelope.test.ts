import { describe, expect, it } from '@jest/globals';
import { EventRejected } from '#contracts';
import { envelopeOf } from './event-envelope.ts';

/** A request as Node reads it: headers that were sent twice are joined, or the first one is kept. */
function request(...rawHeaders: string[]) {
  const headers: Record<string, string> = {};
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    const before = headers[name];
    headers[name] =
      before === undefined || name === 'content-type'
        ? (before ?? rawHeaders[i + 1]!)
        : `${before}, ${rawHeaders[i + 1]!}`;
  }
  return { headers, raw: { rawHeaders } };
}

describe('what travels beside an event over REST', () => {
  it('is what its headers say, each sent once', () => {
    const key = Buffer.from('клиент', 'utf8').toString('latin1');
    const envelope = envelopeOf(
      request(
        'Content-Type',
        'application/json',
        'Partition-Key',
        key,
        'ce-id',
        'a, b',
        'accept',
        '*/*',
        'accept',
        'x',
      ),
    );
    expect(envelope).toMatchObject({
      contentType: 'application/json',
      headers: { 'partition-key': 'клиент', 'cloudEvents:id': 'a, b' },
    });
  });

  it.each([
    ['ce-id', 'a', 'b'],
    ['CE-ID', 'a', 'a'],
    ['ce-type', 'clients.create', 'clients.delete'],
    ['partition-key', '12', '13'],
    ['content-type', 'application/json', 'application/cloudevents+json'],
    ['content-encoding', 'identity', 'identity'],
  ])('is refused where a header was sent twice: %s', (name, first, second) => {
    const sent = request(name, first, 'x', 'y', name.toLowerCase(), second);
    const refused = { reason: 'bad_header', errors: [{ field: name.toLowerCase(), message: 'must be sent once' }] };
    expect(() => envelopeOf(sent)).toThrow(EventRejected);
    expect(() => envelopeOf(sent)).toThrow(expect.objectContaining(refused));
  });

  it('is refused where a key is no UTF-8', () => {
    expect(() => envelopeOf(request('partition-key', '\xff'))).toThrow(
      expect.objectContaining({ reason: 'bad_header' }),
    );
  });
});
