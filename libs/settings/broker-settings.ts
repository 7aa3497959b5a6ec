import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EnvironmentReader } from './environment.ts';
import { BadValue, list, parser, text, url, type Parser } from './parsers.ts';
import { named } from './setting.ts';

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
  const several = list(',', url(...schemes));
  return parser(
    `one URL or several, comma-separated, all ${schemes.map((s) => `${s}://`).join(' or all ')}`,
    (value) => {
      const urls = several(value);
      return new Set(urls.map((one) => new URL(one).protocol)).size === 1 ? urls : undefined;
    },
  );
}

/** A readable file with valid content. It is checked now, so that an invalid one is reported at the start. */
function fileWith(what: string, check: (content: string) => unknown): Parser<string> {
  const whole = `the path of a file that can be read, with ${what}`;
  return parser(whole, (path) => {
    try {
      check(readFileSync(path, 'utf8'));
    } catch {
      throw new BadValue(whole);
    }
    return path;
  });
}

function checkPassword(content: string): void {
  if (!/^\S.*$/.test(content.trim())) throw new Error('no password');
}
const checkCertificate = (content: string) => new X509Certificate(content);

export const ofBroker = named({
  AMQP_URL: {
    about:
      'URLs of the RabbitMQ nodes of one cluster ([connections](deployment.md#connections)). With certificate files: `amqps://` only.',
    parse: nodes('amqp', 'amqps'),
    example: 'amqp://user:password@host:5672',
    secret: true,
  },
  AMQP_PASSWORD_FILE: {
    about:
      'File with the password, which replaces the one in `AMQP_URL`. Read for every new connection, as are the files below.',
    parse: fileWith('a password of one line', checkPassword),
    unset: 'the password in `AMQP_URL`',
  },
  AMQP_CA_FILE: {
    about: 'File with the certificate authorities (PEM) that signed the certificate of RabbitMQ.',
    parse: fileWith('the certificates (PEM) of authorities', checkCertificate),
    unset: 'the authorities that the system trusts',
  },
  AMQP_CERT_FILE: {
    about: 'File with the client certificate (PEM). Requires `AMQP_KEY_FILE`.',
    parse: fileWith('a certificate (PEM)', checkCertificate),
    unset: 'no client certificate',
    example: '/run/secrets/amqp.crt',
  },
  AMQP_KEY_FILE: {
    about: 'File with the private key (PEM) of `AMQP_CERT_FILE`.',
    parse: fileWith('a private key (PEM) without a passphrase', createPrivateKey),
    unset: 'no client certificate',
    example: '/run/secrets/amqp.key',
  },
});

const withTls = { ...ofBroker.AMQP_URL, parse: nodes('amqps'), example: 'amqps://user:password@host:5671' };

/**
 * Reads where the broker is. Certificate and key come together, and only with TLS: who names one believes to be using
 * it.
 */
export function readBroker(reader: EnvironmentReader): BrokerSettings {
  const files = {
    passwordFile: reader.read(ofBroker.AMQP_PASSWORD_FILE),
    caFile: reader.read(ofBroker.AMQP_CA_FILE),
    certFile: reader.read(ofBroker.AMQP_CERT_FILE),
    keyFile: reader.read(ofBroker.AMQP_KEY_FILE),
  };
  // What is wrong with a file that is there has been said.
  if (files.certFile !== undefined) reader.require({ ...ofBroker.AMQP_KEY_FILE, parse: text });
  if (files.keyFile !== undefined) reader.require({ ...ofBroker.AMQP_CERT_FILE, parse: text });
  const usesTls = (files.caFile ?? files.certFile) !== undefined;
  return { urls: reader.require(usesTls ? withTls : ofBroker.AMQP_URL), ...files };
}
