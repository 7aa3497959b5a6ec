import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { manage, whereManaged } from '../../test/support/management.ts';
import { spread } from './address.ts';
import { BrokerConnection } from './connection.ts';
import type { BrokerError } from './errors.ts';
import { Route } from './route.ts';
import { BrokerBench } from './testing/broker-bench.ts';
import { Wire } from './testing/wire.ts';

const nobody = 'amqp://127.0.0.1:1';

describe('several nodes', () => {
  let bench: BrokerBench;
  let wire: Wire;
  const opened: BrokerConnection[] = [];

  beforeAll(async () => {
    bench = await BrokerBench.open();
    wire = await Wire.to(bench.sandbox.amqpUrl);
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((connection) => connection.close()));
  });

  afterAll(async () => {
    await wire.close();
    await bench.close();
  });

  function open(...urls: string[]): BrokerConnection {
    const connection = BrokerConnection.open({ urls }, 'failover');
    opened.push(connection);
    return connection;
  }

  it('are tried in turn, without an end', () => {
    const route = new Route({ urls: ['amqp://a', 'amqp://b', 'amqp://c'] }, 'test');
    expect([1, 2, 3, 4].map(() => route.turn())).toEqual(['amqp://a', 'amqp://b', 'amqp://c', 'amqp://a']);
  });

  it('are begun with at any of them, in the same circle', () => {
    const starts = new Set(Array.from({ length: 200 }, () => spread({ urls: ['a', 'b', 'c'] }).urls.join('')));
    expect([...starts].sort()).toEqual(['abc', 'bca', 'cab']);
  });

  it('are one broker: a dead one is passed over', async () => {
    const connection = open(nobody, bench.sandbox.amqpUrl, 'amqp://127.0.0.1:2');
    await once(connection, 'connected');
    await (await connection.createConfirmChannel()).assertQueue('found', { durable: true });
  });

  it('are one broker: when one is lost another takes its place', async () => {
    const gone = await Wire.to(bench.sandbox.amqpUrl);
    const connection = open(gone.url, wire.url);
    await once(connection, 'connected');
    // Whichever it was, one of the two is left.
    const lost = once(connection, 'lost');
    await gone.close();
    wire.cut();
    await lost;
    await once(connection, 'connected');
    await (await connection.createConfirmChannel()).assertQueue('found-again', { durable: true });
  });

  it('are told apart in what goes wrong, without the login', async () => {
    const connection = open('amqp://somebody:hunter2@127.0.0.1:1');
    const [error] = (await once(connection, 'failed')) as [BrokerError];
    expect(error.message).toBe('127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1');
  });
});

describe('a password in a file', () => {
  let bench: BrokerBench;
  let folder: string;

  beforeAll(async () => {
    bench = await BrokerBench.open();
    folder = await mkdtemp(join(tmpdir(), 'provisor-password-'));
  });

  afterAll(async () => {
    await bench.close();
    await rm(folder, { recursive: true });
  });

  whereManaged(it)('is read again for each connection, so that it can be changed while we run', async () => {
    const { managementUrl = '', vhost, amqpUrl } = bench.sandbox;
    const user = `rotating-${vhost}`;
    const setPassword = (password: string) =>
      manage(managementUrl, 'PUT', `/api/users/${user}`, { password, tags: '' });
    const passwordFile = join(folder, 'password');
    const url = new URL(amqpUrl);
    url.username = user;
    url.password = 'of no use';

    await setPassword('first: of/all');
    await manage(managementUrl, 'PUT', `/api/permissions/${vhost}/${user}`, { configure: '', write: '', read: '' });
    await writeFile(passwordFile, 'first: of/all\n');
    const connection = BrokerConnection.open({ urls: [url.href], passwordFile }, `rotating ${vhost}`);
    try {
      await once(connection, 'connected');

      await setPassword('second');
      const failed = once(connection, 'failed');
      await bench.forceClose(connection, `rotating ${vhost}`);
      const [error] = (await failed) as [BrokerError];
      expect(error).toMatchObject({ code: 'credentials' });
      expect(error.message).toMatch(/it refuses the login/);

      await writeFile(passwordFile, 'second\n');
      await once(connection, 'connected');
    } finally {
      await connection.close();
    }
  });
});
