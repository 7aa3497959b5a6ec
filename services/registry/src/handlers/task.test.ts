import { describe, expect, it } from '@jest/globals';
import { scriptPath } from './script-path.ts';
import { taskHeaders } from './task-headers.ts';
import { taskUrl, withScheme } from './task-url.ts';

describe('the URL of a task', () => {
  it.each([
    ['127.0.0.1:5000/api', 'http://127.0.0.1:5000/api'],
    ['localhost:5000', 'http://localhost:5000'],
    ['crm.example/hook?x=1', 'http://crm.example/hook?x=1'],
    ['[::1]:8080/a', 'http://[::1]:8080/a'],
    ['http://a', 'http://a'],
    ['HTTPS://A/b', 'HTTPS://A/b'],
    ['http://a/b@c', 'http://a/b@c'],
    ['http://müller.example/ü', 'http://müller.example/ü'],
  ])('%s is taken as %s', (written, meant) => {
    expect(withScheme(written)).toBe(meant);
    expect(taskUrl.fault(withScheme(written))).toBeUndefined();
  });

  it.each([
    '',
    '/api',
    '//host/api',
    ':5000',
    'http://',
    'http:///path',
    'http:/host',
    'http:host',
    'ftp://host/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://user:secret@host/',
    'http://user@host/',
    'user:secret@host/',
    'http://@host/',
    'http://host/#part',
    'http://host/a b',
    'http://ho\nst/',
    'http://host\\@evil/',
    'http://host:99999/',
    'http://\ud800/',
    `http://host/${'x'.repeat(2_048)}`,
  ])('%j is refused', (written) => {
    expect(taskUrl.fault(withScheme(written))).toMatch(/^must/);
  });
});

describe('the headers of a task', () => {
  it.each([[{}], [{ authorization: 'Bearer x', 'X-Tenant': 'é\t1' }], [{ accept: '' }]])('%j are taken', (headers) => {
    expect(taskHeaders.fault(headers)).toBeUndefined();
  });

  it.each([
    [null],
    [[]],
    ['a: b'],
    [{ a: 1 }],
    [{ a: null }],
    [{ 'a b': 'x' }],
    [{ '': 'x' }],
    [{ a: 'x\r\nhost: evil' }],
    [{ a: '\0' }],
    [{ a: '→' }],
    [{ Host: 'x' }],
    [{ 'Content-Length': '1' }],
    [{ 'webhook-id': '1' }],
    [{ 'Provisor-Attempt': '1' }],
    [{ 'Proxy-Authorization': '1' }],
    [{ Traceparent: '1' }],
    [{ 'X-a': '1', 'x-A': '2' }],
    [Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`x-${n}`, '']))],
  ])('%j are refused', (headers) => {
    expect(taskHeaders.fault(headers)).toBeDefined();
  });
});

describe('the path of a script', () => {
  it.each(['user/local/vcs/script.py', '/opt/scripts/a..b.sh', './x', 'a b'])('%s is taken', (path) => {
    expect(scriptPath.fault(path)).toBeUndefined();
  });

  it.each(['', '..', '../x', 'a/../b', 'a/..', 'a\0b', 'a\nb', '\ud800', 7, 'x'.repeat(1_025)])(
    '%j is refused',
    (path) => {
      expect(scriptPath.fault(path)).toBeDefined();
    },
  );
});
