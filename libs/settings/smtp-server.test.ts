import { describe, expect, it } from '@jest/globals';
import { smtpServer } from './smtp-server.ts';

describe('SMTP_URL', () => {
  it.each([
    ['smtp://mail.example.org', { port: 587, secure: false, requiresTls: false, verifiesCertificate: false }],
    ['smtps://mail.example.org', { port: 465, secure: true, requiresTls: false, verifiesCertificate: true }],
    ['smtp://u:p@mail.example.org:25', { port: 25, requiresTls: true, verifiesCertificate: true }],
    ['smtp://u:p@127.0.0.1:2525', { host: '127.0.0.1', port: 2525, requiresTls: false, verifiesCertificate: false }],
    ['smtp://[::1]:25/', { host: '::1' }],
    ['smtp://a%40b.example:p%2F%3A@m', { login: { user: 'a@b.example', pass: 'p/:' }, from: 'a@b.example' }],
    ['smtp://m?from=alerts@example.org', { login: undefined, from: 'alerts@example.org' }],
  ])('%s is read', (value, expected) => expect(smtpServer(value)).toMatchObject(expected));

  it('without a sender has one of this host', () => {
    expect(smtpServer('smtp://m').from).toMatch(/^provisor@./);
  });

  it.each([
    'mail.example.org',
    'http://m',
    'smtp://',
    'smtp://user@m',
    'smtp://m?from=no',
    'smtp://m?tls=no',
    'smtp://m/path',
    'smtp://m?ca=/none.pem',
    'smtp://u:%zz@m',
  ])('%s is refused', (value) => expect(() => smtpServer(value)).toThrow());
});
