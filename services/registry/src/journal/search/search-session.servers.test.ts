import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '#orm';
import { createSandbox, type Sandbox } from '../../../../../tools/test/sandbox.ts';
import { problemOf } from '../../http/problem.ts';
import { SearchSession, SearchTooLong } from './search-session.ts';

describe('a search that takes too long', () => {
  let sandbox: Sandbox;
  let database: DataSource;

  beforeAll(async () => {
    sandbox = await createSandbox();
    database = await new DataSource(dataSourceOptions(sandbox.databaseUrl)).initialize();
  });

  afterAll(async () => {
    await database.destroy();
    await sandbox.dispose();
  });

  it('is ended in the middle of a statement, with what to do about it', async () => {
    const search = SearchSession.during(database, (session) => session.ask('select pg_sleep(60)'), 500);
    const error: unknown = await search.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SearchTooLong);
    expect(problemOf(error)).toMatchObject({
      status: 503,
      type: 'urn:provisor:problem:search-too-long',
      detail: expect.stringContaining('from and to'),
    });
  });

  it('asks nothing more', async () => {
    await expect(SearchSession.during(database, () => Promise.resolve('found'), 0)).rejects.toThrow(SearchTooLong);
  });

  it('is not what other errors are taken for, and changes nothing for those after it', async () => {
    await expect(SearchSession.during(database, (session) => session.ask('select 1/0'))).rejects.toThrow('division');
    const writes = SearchSession.during(database, (session) => session.ask('create table more ()'));
    await expect(writes).rejects.toThrow('read-only');
    const settings = (): Promise<unknown> => database.query('show enable_seqscan');
    expect(await SearchSession.during(database, (session) => session.ask('show enable_seqscan'))).toEqual([
      { enable_seqscan: 'off' },
    ]);
    expect(await settings()).toEqual([{ enable_seqscan: 'on' }]);
  });
});
