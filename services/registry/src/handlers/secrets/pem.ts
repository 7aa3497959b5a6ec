import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { taskLimits, secretMark } from '#contracts';
import { customRule } from '../../http/custom-rule.ts';

const block = /-----BEGIN ([A-Z0-9 ]+)-----[A-Za-z0-9+/=\s]+-----END \1-----/g;

function blocksOf(pem: string): string[] {
  return (pem.match(block) ?? []).map((found) => found.replace(/\r\n?/g, '\n'));
}

function keyBlocksOf(pem: string): string[] {
  return blocksOf(pem).filter((each) => /^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(each));
}

/** Certificates, as they are kept: people paste them with what stood between them. */
export function tidiedCertificates(pem: string): string {
  return `${blocksOf(pem).join('\n')}\n`;
}

/** A key, as it is kept: some come with the parameters of their curve before them. */
export function tidiedKey(pem: string): string {
  return `${keyBlocksOf(pem).join('\n')}\n`;
}

/** The first certificate, which the others vouch for. */
export function firstCertificate(pem: string): X509Certificate {
  return new X509Certificate(blocksOf(pem)[0]!);
}

export function readPrivateKey(pem: string): KeyObject {
  return createPrivateKey(tidiedKey(pem));
}

function textFault(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must be a string';
  if (value.length > taskLimits.pemLength) return `must be at most ${taskLimits.pemLength} characters long`;
  return undefined;
}

function certificatesFault(value: unknown): string | undefined {
  const found = textFault(value);
  if (found !== undefined) return found;
  const blocks = blocksOf(value as string);
  const fit = blocks.length > 0 && blocks.every((each) => succeeds(() => new X509Certificate(each)));
  return fit ? undefined : 'must be one or more X.509 certificates as PEM, and nothing else';
}

/** Does not say what it is instead: it may still be a key. */
function keyFault(value: unknown): string | undefined {
  const found = textFault(value);
  if (found !== undefined) return found;
  if (value === secretMark) return undefined;
  const blocks = keyBlocksOf(value as string);
  const fits = blocks.length === 1 && succeeds(() => createPrivateKey(blocks[0]!));
  return fits ? undefined : 'must be one private key as PEM, without a passphrase';
}

function succeeds(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    // OpenSSL's reasons do not help, and may repeat the input.
    return false;
  }
}

const schema = { maxLength: taskLimits.pemLength } as const;

/** One or more certificates as PEM. */
export function IsCertificates(): PropertyDecorator {
  return customRule({ name: 'certificates', fault: certificatesFault, schema });
}

/** A private key as PEM, or the mark of the one that is kept. */
export function IsPrivateKey(): PropertyDecorator {
  return customRule({ name: 'privateKey', fault: keyFault, schema });
}
