import { describe, expect, it } from '@jest/globals';
import type { Delivery } from '#broker';
import { readForwardedEvent } from './message.ts';

const event = { id: 'e-1', dt: '2026-03-01T09:15:00Z', events_id: 'clients.update', object_id: 12 };
const replay = '0199c5a2-7f3b-7a11-8d21-00ffff00a1b2';

function delivery(headers: Record<string, unknown>): Delivery {
  const content = Buffer.from(JSON.stringify({ event, data: {} }));
  return { content, contentType: 'application/json', headers, redelivered: false } as unknown as Delivery;
}

describe('an event that was forwarded', () => {
  it('may be of a replay, for some handlers', () => {
    const headers = { 'provisor-replay': replay, 'provisor-replay-handlers': `${replay},${replay}` };
    expect(readForwardedEvent(delivery(headers))).toMatchObject({
      repeated: true,
      replay: { id: replay, handlerIds: [replay, replay] },
    });
  });

  it.each([
    ['provisor-replay', { 'provisor-replay': 'mine' }],
    ['provisor-replay-handlers', { 'provisor-replay': replay, 'provisor-replay-handlers': `${replay},` }],
  ])('is rejected when %s is none of ours', (field, headers) => {
    expect(() => readForwardedEvent(delivery(headers))).toThrow(`header ${field} must be a UUID`);
  });
});
