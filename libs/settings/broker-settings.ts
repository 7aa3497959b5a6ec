import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EnvironmentReader } from './environment.ts';
import { BadValue, list, text, url, type Parser } from './parsers.ts';

/** Where RabbitMQ is, and how to log in to it. The files are read again for every connection. */
export interface BrokerSettings {
  /** The nodes of one broker, tried in turn. */
  urls: string[];
  passwordFile?: string | undefined;
  caFile?: string | undefined;
  certFile?: string | undefined;
  keyFile?: string | undefined;
}

/** One node or several, all with TLS or all without. */
function nodes(...schemes: string[]): Parser<string[]> {
  return (value) => {
    const urls = list(',', url(...schemes))(value);
    if (new Set(urls.map((one) => new URL(one).protocol)).size !== 1) {
      throw new BadValue('one URL or several, comma-separated, all amqp:// or all amqps://');
    }
    return urls;
  };
}

/** A file that can be read, and holds what it should. It is looked into now, so that a wrong one is told at the start. */
function fileWith(what: string, check: (content: string) => unknown): Parser<string> {
  return (path) => {
    try {
      check(readFileSync(path, 'utf8'));
    } catch {
      throw new BadValue(`the path of a file that can be read, with ${what}`);
    }
    return path;
  };
}

const passwordFile = fileWith('a password of one line', (content) => {
  if (!/^\S.*$/.test(content.trim())) throw new Error('no password');
});
const keyFile = fileWith('a private key (PEM) without a passphrase', createPrivateKey);

const authorities = fileWith('the certificates (PEM) of authorities', (content) => new X509Certificate(content));
const certificate = fileWith('a certificate (PEM)', (content) => new X509Certificate(content));

/** Reads where the broker is. Certificate and key come together, and only with TLS: who names one believes to be using it. */
export function readBroker(reader: EnvironmentReader): BrokerSettings {
  const files = {
    passwordFile: reader.read('AMQP_PASSWORD_FILE', passwordFile, undefined),
    caFile: reader.read('AMQP_CA_FILE', authorities, undefined),
    certFile: reader.read('AMQP_CERT_FILE', certificate, undefined),
    keyFile: reader.read('AMQP_KEY_FILE', keyFile, undefined),
  };
  if (files.certFile !== undefined) reader.require('AMQP_KEY_FILE', text, '/run/secrets/amqp.key');
  if (files.keyFile !== undefined) reader.require('AMQP_CERT_FILE', text, '/run/secrets/amqp.crt');
  const withTls = (files.caFile ?? files.certFile) !== undefined;
  const urls = withTls
    ? reader.require('AMQP_URL', nodes('amqps'), 'amqps://user:password@host:5671')
    : reader.require('AMQP_URL', nodes('amqp', 'amqps'), 'amqp://user:password@host:5672');
  return { urls, ...files };
}
