import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createLogger, type Logger } from './logger.ts';

/** The log lines that a logger wrote. */
function written(write: (logger: Logger) => void, isTTY = false, level = 'info'): string {
  const stream = Object.assign(new PassThrough(), { isTTY });
  write(createLogger('executor', level, stream as unknown as NodeJS.WriteStream));
  return String(stream.read() ?? '');
}

describe('a log line', () => {
  it('is one JSON object with time, level and service', () => {
    const text = written((logger) => logger.warn({ partitions: 4 }, 'consuming\nagain'));
    expect(text.indexOf('\n')).toBe(text.length - 1);
    expect(JSON.parse(text)).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      service: 'executor',
      partitions: 4,
      msg: 'consuming\nagain',
    });
  });

  it('is readable where a person watches', () => {
    const text = written((logger) => logger.warn({ partitions: 4 }, 'consuming'), true);
    expect(text).toContain('consuming');
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  });

  it('is not written below the level', () => {
    expect(written((logger) => logger.info('too quiet'), false, 'warn')).toBe('');
  });

  it('tells of an error what it is, and where it comes from', () => {
    const cause = new Error('refused');
    const text = written((logger) => logger.error({ err: new Error('no broker', { cause }) }, 'failed'));
    const { err } = JSON.parse(text) as { err: { message: string; stack: string } };
    expect(err.message).toContain('no broker');
    expect(err.stack).toContain('refused');
  });

  it('tells of an error of the database what it is, and quotes no data', () => {
    const driverError = Object.assign(new Error('null value'), {
      code: '23502',
      detail: 'row (hunter2)',
      where: 'hunter2',
    });
    const error = Object.assign(new Error('query failed'), {
      driverError,
      parameters: ['hunter2'],
      query: 'insert $1',
    });
    const text = written((logger) => logger.error({ err: error }, 'failed'));
    expect(JSON.parse(text)).toMatchObject({
      err: { type: 'Error', message: 'query failed', query: 'insert $1', driverError: { code: '23502' } },
    });
    expect(text).not.toContain('hunter2');
  });

  const secrets = {
    apiKey: 'hunter2',
    password: 'hunter2',
    secret: 'hunter2',
    authorization: 'Bearer hunter2',
    headers: { authorization: 'Bearer hunter2', 'content-type': 'application/json' },
    settings: { password: 'hunter2', secret: 'hunter2', apiKey: 'hunter2', port: 3000 },
  };

  it.each([false, true])('never has what gives access in it (for a person: %s)', (isTTY) => {
    const text = written((logger) => {
      logger.info(secrets, 'started');
      logger.child({ password: 'hunter2' }).info('started again');
      logger.child({ settings: { secret: 'hunter2' } }).info('once more');
      logger.warn({ err: Object.assign(new Error('refused'), { password: 'hunter2' }) }, 'failed');
    }, isTTY);
    for (const said of ['started again', 'once more', 'refused']) expect(text).toContain(said);
    expect(text).toContain('application/json');
    expect(text).not.toContain('hunter2');
  });
});
