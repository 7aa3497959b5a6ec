import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { isDatabaseAway } from './database-trouble.ts';

const coded = (code: string): Error => Object.assign(new Error(code), { code });

describe('isDatabaseAway', () => {
  it.each([
    coded('ECONNREFUSED'),
    coded('57P01'),
    coded('57P03'),
    coded('08006'),
    ...['25006', '25P03', '40001', '40P01', '53100', '53200', '55P03', '57014', '57P05', '58030', 'XX000'].map(coded),
    new QueryFailedError('insert', [], coded('25006')),
    new Error('Query read timeout'),
    new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]),
    new QueryFailedError('select 1', [], coded('57P01')),
    new Error('timeout exceeded when trying to connect'),
    new QueryFailedError('select 1', [], new Error('Connection terminated unexpectedly')),
  ])('%s', (error) => {
    expect(isDatabaseAway(error)).toBe(true);
  });

  it.each([
    coded('40002'),
    coded('08P01x'),
    Object.assign(new Error('unsupported startup parameter: options'), { code: '08P01' }),
    coded('28P01'),
    coded('3D000'),
    coded('23505'),
    new Error('syntax'),
    'ECONNREFUSED',
    undefined,
  ])('not %s', (error) => {
    expect(isDatabaseAway(error)).toBe(false);
  });
});
