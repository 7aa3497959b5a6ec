import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { isDatabaseAway } from './database-away.ts';

const coded = (code: string): Error => Object.assign(new Error(code), { code });

describe('isDatabaseAway', () => {
  it.each([
    coded('ECONNREFUSED'),
    coded('57P01'),
    coded('57P03'),
    coded('08006'),
    new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]),
    new QueryFailedError('select 1', [], coded('57P01')),
    new Error('timeout exceeded when trying to connect'),
    new QueryFailedError('select 1', [], new Error('Connection terminated unexpectedly')),
  ])('%s', (error) => {
    expect(isDatabaseAway(error)).toBe(true);
  });

  it.each([coded('28P01'), coded('3D000'), coded('23505'), new Error('syntax'), 'ECONNREFUSED', undefined])(
    'not %s',
    (error) => {
      expect(isDatabaseAway(error)).toBe(false);
    },
  );
});
