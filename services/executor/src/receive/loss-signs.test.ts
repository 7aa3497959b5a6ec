import { describe, expect, it } from '@jest/globals';
import type { Delivery } from '#broker';
import type { Logger } from '#observability';
import { LossSigns } from './loss-signs.ts';

function signs() {
  const told: object[] = [];
  let expiring = 0;
  const logger = { warn: (fields: object) => void told.push(fields) } as unknown as Logger;
  const look = new LossSigns(logger, () => expiring++);
  const message = (rest: object) =>
    look.look({ queue: 'q', messageId: 'm', properties: {}, headers: {}, redelivered: false, ...rest } as Delivery);
  return { message, told, expiring: () => expiring };
}

describe('signs that messages are lost', () => {
  it('are none in a usual message, or in one that came again', () => {
    const { message, told, expiring } = signs();
    message({});
    message({ redelivered: true, headers: { 'x-delivery-count': 2 } });
    message({ headers: { 'x-delivery-count': 99 } });
    message({ redelivered: true, headers: { 'x-delivery-count': 'many' } });
    expect({ told, expiring: expiring() }).toEqual({ told: [], expiring: 0 });
  });

  it('are counted for each message with an expiration, and told once for many', () => {
    const { message, told, expiring } = signs();
    for (let n = 0; n < 5; n++) message({ properties: { expiration: '60000' } });
    expect(told).toEqual([{ queue: 'q', messageId: 'm', expiration: '60000' }]);
    expect(expiring()).toBe(5);
  });

  it('are told of a message that was returned many times', () => {
    const { message, told } = signs();
    message({ redelivered: true, headers: { 'x-delivery-count': 12 } });
    expect(told).toEqual([{ queue: 'q', messageId: 'm', returns: 12 }]);
  });
});
