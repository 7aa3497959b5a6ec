import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { emailAddressFault } from '#contracts';
import { BadValue, parser, url } from './parsers.ts';

/** The mail server that messages go out through. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte on. */
  readonly secure: boolean;
  /** There is no message without TLS: a password is never sent in the clear to another host. */
  readonly requiresTls: boolean;
  /** Whether the server's certificate has to be in order. Where TLS is optional, it would be safer than without. */
  readonly verifiesCertificate: boolean;
  readonly login: { readonly user: string; readonly pass: string } | undefined;
  /** The sender's address. */
  readonly from: string;
  /** The certificate authorities (PEM) that signed the server's certificate; undefined: those of the system. */
  readonly ca: string | undefined;
}

const what =
  'a URL like smtp://user:password@host:587?from=alerts@example.org or smtps://host, with no other parameters than from and ca';
const smtpUrl = url('smtp', 'smtps');
const parameters = new Set(['from', 'ca']);
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const usualPort = { smtp: 587, smtps: 465 };

/** Reads where the mail server is, and how to log in to it. */
export const smtpServer = parser<SmtpServer>(what, (value) => {
  const { protocol, hostname: host, port, username, password, searchParams, pathname } = new URL(smtpUrl(value));
  const isPlain = ['', '/'].includes(pathname) && [...searchParams.keys()].every((name) => parameters.has(name));
  if (host === '' || !isPlain || (username === '') !== (password === '')) return undefined;
  const secure = protocol === 'smtps:';
  const login = username === '' ? undefined : { user: decoded(username), pass: decoded(password) };
  const isHere = loopback.test(host);
  const requiresTls = !secure && login !== undefined && !isHere;
  return {
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? (secure ? usualPort.smtps : usualPort.smtp) : Number(port),
    secure,
    requiresTls,
    verifiesCertificate: secure || requiresTls,
    login,
    from: sender(searchParams.get('from'), login?.user),
    ca: authorities(searchParams.get('ca')),
  };
});

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new BadValue('a URL whose user and password are percent-encoded');
  }
}

function sender(from: string | null, user: string | undefined): string {
  if (from === null) {
    return user !== undefined && emailAddressFault(user) === undefined ? user : `provisor@${hostname()}`;
  }
  if (emailAddressFault(from) !== undefined) throw new BadValue('a URL whose from is an e-mail address');
  return from;
}

/** The file is read now, so that a missing one is reported at the start. */
function authorities(file: string | null): string | undefined {
  if (file === null) return undefined;
  try {
    const content = readFileSync(file, 'utf8');
    new X509Certificate(content);
    return content;
  } catch {
    throw new BadValue('a URL whose ca is the path of a file that can be read, with certificates (PEM)');
  }
}
