import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '../domain-error.ts';
import { InputPipe } from '../http/input.pipe.ts';
import { EmailTaskInput, HttpTaskInput, ScriptTaskInput } from './dto/task.dto.ts';
import { withScheme } from './task-url.ts';

/** The fields of a task that are refused, with the reasons. */
async function problems(task: object): Promise<unknown[]> {
  const metatype = 'path' in task ? ScriptTaskInput : 'to' in task ? EmailTaskInput : HttpTaskInput;
  try {
    await new InputPipe().transform(Buffer.from(JSON.stringify(task)), { type: 'body', metatype });
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return [...error.errors];
    throw error;
  }
}

const http = { type: 'http', url: 'http://a' };
const refused = (field: string): unknown => [{ field, message: expect.any(String) }];

describe('the URL of a task', () => {
  it.each([
    ['127.0.0.1:5000/api', 'http://127.0.0.1:5000/api'],
    // Written so in the manual of a billing system, and a valid address.
    ['120.0.0.1:5000/api', 'http://120.0.0.1:5000/api'],
    ['localhost:5000', 'http://localhost:5000'],
    ['crm.example/hook?x=1', 'http://crm.example/hook?x=1'],
    ['[::1]:8080/a', 'http://[::1]:8080/a'],
    ['http://a', 'http://a'],
    ['HTTPS://A/b', 'HTTPS://A/b'],
    ['http://a/b@c', 'http://a/b@c'],
    ['http://müller.example/ü', 'http://müller.example/ü'],
  ])('%s is taken as %s', async (written, meant) => {
    expect(withScheme(written)).toBe(meant);
    expect(await problems({ ...http, url: written })).toEqual([]);
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
  ])('%j is refused', async (url) => {
    expect(await problems({ ...http, url })).toEqual([{ field: 'url', message: expect.stringMatching(/^must/) }]);
  });
});

describe('the headers of a task', () => {
  it.each([[{}], [{ authorization: 'Bearer x', 'X-Tenant': 'é\t1' }], [{ accept: '' }]])(
    '%j are taken',
    async (headers) => {
      expect(await problems({ ...http, headers })).toEqual([]);
    },
  );

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
  ])('%j are refused', async (headers) => {
    expect(await problems({ ...http, headers })).toEqual(refused('headers'));
  });
});

describe('the path of a script', () => {
  it.each(['user/local/vcs/script.py', '/opt/scripts/a..b.sh', './x', 'a b'])('%s is taken', async (path) => {
    expect(await problems({ type: 'script', path })).toEqual([]);
  });

  it.each(['', '..', '../x', 'a/../b', 'a/..', 'a\0b', 'a\nb', '\ud800', 7, 'x'.repeat(1_025)])(
    '%j is refused',
    async (path) => {
      expect(await problems({ type: 'script', path })).toEqual(refused('path'));
    },
  );
});

describe('an e-mail', () => {
  const email = { type: 'email', to: ['ops@example.org'], subject: 'A subject', text: 'A text\nof two lines' };

  it('is taken with its addresses', async () => {
    expect(await problems(email)).toEqual([]);
    expect(await problems({ ...email, cc: ['a@b', 'c@d.example'] })).toEqual([]);
  });

  it('names the item of a list that is no address', async () => {
    const to = ['ops@example.org', 'Ops <ops@example.org>'];
    expect(await problems({ ...email, to })).toEqual([
      { field: 'to', message: 'item 1 must be an e-mail address like ops@example.org, without a name' },
    ]);
    expect(await problems({ ...email, cc: ['a@b\r\nBcc: c@d'] })).toEqual([
      { field: 'cc', message: expect.stringMatching(/^item 0 must be/) },
    ]);
  });

  it.each<[string, unknown]>([
    ['to', []],
    ['to', 'ops@example.org'],
    ['to', [7]],
    ['to', Array(51).fill('ops@example.org')],
    ['cc', Array(51).fill('ops@example.org')],
    ['subject', ''],
    ['subject', 'a\nBcc: b@example.org'],
    ['subject', 'x'.repeat(501)],
    ['subject', null],
    ['text', ''],
    ['text', 'a\0'],
    ['text', 'x'.repeat(65_537)],
    ['html', '<b>'],
  ])('is refused with %s %j', async (field, value) => {
    expect(await problems({ ...email, [field]: value })).toEqual(refused(field));
  });
});
