import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { authority, clientOfAuthority } from '../../test/support/certificates.ts';
import { readBroker } from './broker-settings.ts';
import { reading } from './testing/reading.ts';

let folder: string;
let files: { AMQP_PASSWORD_FILE: string; AMQP_CA_FILE: string; AMQP_CERT_FILE: string; AMQP_KEY_FILE: string };

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'provisor-settings-'));
  const write = async (name: string, content: string) => {
    await writeFile(path.join(folder, name), content);
    return path.join(folder, name);
  };
  files = {
    AMQP_PASSWORD_FILE: await write('password', 'correct horse\n'),
    AMQP_CA_FILE: await write('ca.crt', `${authority}\n${authority}\n`),
    AMQP_CERT_FILE: await write('client.crt', clientOfAuthority.cert),
    AMQP_KEY_FILE: await write('client.key', clientOfAuthority.key),
  };
});

afterAll(() => rm(folder, { recursive: true }));

const { read, faults } = reading(readBroker);

it('takes several nodes, a password and certificates from files', () => {
  const environment = { AMQP_URL: 'amqps://u@a:5671/v, amqps://u@b:5671/v', ...files };
  expect(read(environment)).toEqual({
    urls: ['amqps://u@a:5671/v', 'amqps://u@b:5671/v'],
    passwordFile: files.AMQP_PASSWORD_FILE,
    caFile: files.AMQP_CA_FILE,
    certFile: files.AMQP_CERT_FILE,
    keyFile: files.AMQP_KEY_FILE,
  });
});

it('wants all nodes with TLS or all without', () => {
  expect(faults({ AMQP_URL: 'amqp://a,amqps://b' })).toEqual([
    'AMQP_URL must be one URL or several, comma-separated, all amqp:// or all amqps://',
  ]);
  expect(faults({ AMQP_URL: ',' })).toHaveLength(1);
});

it('takes no certificates for a connection that would not use them', () => {
  for (const environment of [
    { AMQP_CA_FILE: files.AMQP_CA_FILE },
    { AMQP_CERT_FILE: files.AMQP_CERT_FILE, AMQP_KEY_FILE: files.AMQP_KEY_FILE },
  ]) {
    expect(faults({ AMQP_URL: 'amqp://u:p@a', ...environment })).toEqual([
      'AMQP_URL must be a URL that starts with amqps://',
    ]);
  }
});

it('wants a certificate and its key together', () => {
  const AMQP_URL = 'amqps://a';
  expect(faults({ AMQP_URL, AMQP_CERT_FILE: files.AMQP_CERT_FILE })).toEqual([
    'AMQP_KEY_FILE must be set, for example to /run/secrets/amqp.key',
  ]);
  expect(faults({ AMQP_URL, AMQP_KEY_FILE: files.AMQP_KEY_FILE })).toEqual([
    'AMQP_CERT_FILE must be set, for example to /run/secrets/amqp.crt',
  ]);
});

it('names each file that is not there or holds something else, once', () => {
  const environment = {
    AMQP_URL: 'amqps://a',
    AMQP_PASSWORD_FILE: path.join(folder, 'missing'),
    AMQP_CA_FILE: files.AMQP_KEY_FILE,
    AMQP_CERT_FILE: files.AMQP_PASSWORD_FILE,
    AMQP_KEY_FILE: files.AMQP_CERT_FILE,
  };
  expect(faults(environment)).toEqual([
    'AMQP_PASSWORD_FILE must be the path of a file that can be read, with a password of one line',
    'AMQP_CA_FILE must be the path of a file that can be read, with the certificates (PEM) of authorities',
    'AMQP_CERT_FILE must be the path of a file that can be read, with a certificate (PEM)',
    'AMQP_KEY_FILE must be the path of a file that can be read, with a private key (PEM) without a passphrase',
  ]);
});
