import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  authority,
  clientOfAuthority,
  expiredServer,
  otherAuthority,
  serverOfAuthority,
} from '../../test/support/certificates.ts';
import { manage } from '../../test/support/management.ts';
import { privateBrokerIsPossible, startPrivateBroker, type PrivateBroker } from '../../test/support/private-broker.ts';
import { onlyWhere } from '../../tools/test/only-where.ts';
import type { BrokerAddress } from './address.ts';
import { BrokerConnection } from './connection.ts';
import type { BrokerError } from './errors.ts';

onlyWhere(
  describe,
  privateBrokerIsPossible,
  'rabbitmq-server on PATH',
)('a broker that wants TLS and our certificate', () => {
  let folder: string;
  let broker: PrivateBroker;
  let port: number;
  let expired: Server;
  const opened: BrokerConnection[] = [];
  const file = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'provisor-tls-'));
    const contents = {
      'ca.crt': authority,
      'other-ca.crt': otherAuthority,
      'server.crt': serverOfAuthority.cert,
      'server.key': serverOfAuthority.key,
      'client.crt': clientOfAuthority.cert,
      'client.key': clientOfAuthority.key,
    };
    for (const [name, content] of Object.entries(contents)) await writeFile(file(name), content);

    broker = await startPrivateBroker(
      (tlsPort) => [
        `listeners.ssl.1 = 127.0.0.1:${tlsPort}`,
        `ssl_options.cacertfile = ${file('ca.crt')}`,
        `ssl_options.certfile = ${file('server.crt')}`,
        `ssl_options.keyfile = ${file('server.key')}`,
        'ssl_options.verify = verify_peer',
        'ssl_options.fail_if_no_peer_cert = true',
        'auth_mechanisms.1 = PLAIN',
        'auth_mechanisms.2 = EXTERNAL',
        'ssl_cert_login_from = common_name',
      ],
      ['rabbitmq_auth_mechanism_ssl'],
    );
    port = broker.furtherPort;
    expired = createServer(expiredServer).listen(0, '127.0.0.1');
    // A client that does not like our certificate leaves in the middle of the handshake.
    expired.on('tlsClientError', () => undefined);
    await once(expired, 'listening');
  }, 120_000);

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((connection) => connection.close()));
  });

  afterAll(async () => {
    expired.close();
    await broker.stop();
    await rm(folder, { recursive: true });
  });

  function address(change: Partial<BrokerAddress> = {}): BrokerAddress {
    const { username, password } = new URL(broker.url);
    const urls = [`amqps://${username}:${password}@localhost:${port}/%2F`];
    return { urls, caFile: file('ca.crt'), certFile: file('client.crt'), keyFile: file('client.key'), ...change };
  }

  function open(change?: Partial<BrokerAddress>): BrokerConnection {
    const connection = BrokerConnection.open(address(change), 'tls');
    opened.push(connection);
    return connection;
  }

  async function failure(change: Partial<BrokerAddress>): Promise<BrokerError> {
    const [error] = (await once(open(change), 'failed')) as [BrokerError];
    return error;
  }

  it('takes a connection with a certificate that its authority has signed', async () => {
    const connection = open();
    await once(connection, 'connected');
    const channel = await connection.createConfirmChannel();
    await channel.assertQueue('over-tls', { durable: true });
  });

  it('knows who we are by the certificate alone, where the URL names nobody', async () => {
    await manage(broker.managementUrl, 'PUT', '/api/users/client', { password: '', tags: '' });
    const everything = { configure: '.*', write: '.*', read: '.*' };
    await manage(broker.managementUrl, 'PUT', '/api/permissions/%2F/client', everything);
    const connection = open({ urls: [`amqps://localhost:${port}/%2F`] });
    await once(connection, 'connected');
    await (await connection.createConfirmChannel()).assertQueue('of-client', { durable: true });
  });

  it('is not believed when another authority has signed its certificate', async () => {
    const error = await failure({ caFile: file('other-ca.crt') });
    expect(error).toMatchObject({ name: 'BrokerError', code: 'certificate' });
    expect(error.message).toMatch(`localhost:${port}: its certificate is signed by nobody whom we trust (`);
  });

  it('is not believed when its certificate has expired', async () => {
    const { port: itsPort } = expired.address() as AddressInfo;
    const error = await failure({ urls: [`amqps://u:p@127.0.0.1:${itsPort}`], caFile: file('other-ca.crt') });
    expect(error.code).toBe('certificate');
    expect(error.message).toMatch(`127.0.0.1:${itsPort}: its certificate has expired`);
  });

  it('is told apart from one that was not shown our certificate', async () => {
    const error = await failure({ certFile: undefined, keyFile: undefined });
    expect(error.code).toBe('certificate');
    expect(error.message).toMatch(/does not accept our client certificate, or wants one/);
  });

  it('is told apart from a port without TLS', async () => {
    const { port: plain } = new URL(broker.url);
    const error = await failure({ urls: [`amqps://u:p@127.0.0.1:${plain}`] });
    expect(error.message).toMatch(`127.0.0.1:${plain}: it does not speak TLS at this port`);
  });

  it('is left alone while a file of ours cannot be read, and connected to when it can', async () => {
    const caFile = file('late-ca.crt');
    const connection = open({ caFile });
    const [error] = (await once(connection, 'failed')) as [BrokerError];
    expect(error.code).toBe('credentials');
    expect(error.message).toContain(caFile);
    await writeFile(caFile, authority);
    await once(connection, 'connected');
  });
});
